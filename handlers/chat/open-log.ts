import { type Listener, type Log, LogUnavailable, type NewEntry, type Range } from "./log/log.ts";

/**
 * Gives a log that is opened when it is first used: a server whose chat nobody visits leaves nothing behind.
 *
 * @param open opens it
 * @param report told why it cannot be opened, once a reason: whoever uses it then gets {@link LogUnavailable}
 */
export function openLog(open: () => Log, report: (line: string) => void): Log {
  return new LogOnDemand(open, report);
}

class LogOnDemand implements Log {
  readonly #open: () => Log;
  readonly #report: (line: string) => void;
  #log: Log | undefined;
  #reported: string | undefined;
  #closed = false;

  constructor(open: () => Log, report: (line: string) => void) {
    this.#open = open;
    this.#report = report;
  }

  async append(room: string, entry: NewEntry) {
    return this.#opened().append(room, entry);
  }

  async read(room: string, range: Range) {
    return this.#opened().read(room, range);
  }

  follow(room: string, since: string | undefined, listener: Listener) {
    return this.#opened().follow(room, since, listener);
  }

  look(room: string) {
    this.#opened().look(room);
  }

  async latestRooms(limit: number) {
    return this.#opened().latestRooms(limit);
  }

  async close() {
    this.#closed = true;
    await this.#log?.close();
  }

  #opened(): Log {
    if (this.#closed) throw new LogUnavailable("The log is closed");
    try {
      this.#log ??= this.#open();
      return this.#log;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== this.#reported) this.#report(reason);
      this.#reported = reason;
      throw new LogUnavailable(reason, { cause: error });
    }
  }
}
