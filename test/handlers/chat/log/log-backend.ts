import type { Log } from "../../../../handlers/chat/log/log.ts";

/** What a test asks of a log; the backend's defaults for the rest. */
export interface LogLimits {
  readonly maxEntries?: number;
  readonly maxAge?: number;
  readonly trimInterval?: number;
  readonly now?: () => number;
}

/** What a module exports by which the contract's suite, and processes that it starts, come to a backend. */
export interface LogBackend {
  /** Makes a place where no log is yet; gives its name. */
  makePlace(): Promise<string>;
  removePlace(place: string): Promise<void>;
  /** Opens the log of a place. */
  openLog(place: string, limits?: LogLimits): Promise<Log>;
}
