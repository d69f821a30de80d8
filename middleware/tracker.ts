import type { Transport } from "./transport.ts";

/** Whoever keeps a list of connections, and of the handlers on them. */
export interface Tracker {
  /** Its socket is gone. */
  forget(transport: Transport): void;
  handlerStarted(): void;
  handlerEnded(): void;
}
