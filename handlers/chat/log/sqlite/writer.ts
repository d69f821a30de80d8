import Database from "libsql/promise";
import {
  type Append,
  type AppendStatements,
  appendAll,
  type Committed,
  prepareAppending,
} from "./appending.ts";
import { numberOf } from "./columns.ts";

/** What is to be trimmed. */
export interface Retention {
  /** How many of a room's entries are kept, whatever their age. */
  readonly maxEntries: number;
  /** Entries before that time, in milliseconds since 1970, are not kept. */
  readonly from: number;
}

/** How many entries one transaction trims for either reason: few enough for nobody to notice who waits to write. */
const TRIM_BATCH = 200;

/**
 * The connection that writes.
 *
 * It is one of `libsql/promise`, whose `exec` runs in a thread of its own: that is where it waits for other processes, at
 * `BEGIN`, and for the disk, at `COMMIT`. The statements in between run in this thread, as they do in all of that package's
 * ways: microseconds in memory each, about what it would take to hand them to a worker thread. That would be a file more to
 * start, and a protocol more, for nothing.
 */
export class Writer {
  readonly #db: Database;
  #appending: AppendStatements | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param timeout how long to wait for other processes that write, in milliseconds */
  constructor(path: string, timeout: number) {
    this.#db = new Database(path, { timeout });
  }

  /** Appends all or none. */
  append(appends: readonly Append[], time: number): Promise<Committed> {
    return this.#transaction(async () => {
      this.#appending ??= await prepareAppending(this.#db);
      return appendAll(this.#appending, appends, time);
    });
  }

  /** Trims some of what is not to be kept; gives whether there may be more. */
  trim({ maxEntries, from }: Retention): Promise<boolean> {
    return this.#transaction(async () => {
      const surplus = await this.#delete(
        `SELECT room, number FROM rooms JOIN entries ON room = id AND number <= last - ${maxEntries} LIMIT ${TRIM_BATCH}`,
      );
      // In a room, time goes as the numbers do: so it is the oldest that go, and no hole remains.
      const old = await this.#delete(
        `SELECT room, number FROM entries WHERE time < ${from} ORDER BY time, room, number LIMIT ${TRIM_BATCH}`,
      );
      return Math.max(surplus, old) === TRIM_BATCH;
    });
  }

  /** Closes when all that was begun has ended. */
  async close(): Promise<void> {
    await this.#last;
    this.#db.close();
  }

  /** @param which selects room and number; all its values are numbers, as `exec` binds none */
  async #delete(which: string): Promise<number> {
    await this.#db.exec(`DELETE FROM entries WHERE (room, number) IN (${which})`);
    return numberOf((await this.#db.prepare("SELECT changes() AS changes")).get(), "changes");
  }

  /** Transactions take turns: a connection has one at a time. */
  #transaction<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#inTransaction(work));
    this.#last = result.catch(() => {});
    return result;
  }

  async #inTransaction<T>(work: () => Promise<T>): Promise<T> {
    try {
      // The write lock at once: what is read in here has to be true still when it is written.
      await this.#db.exec("BEGIN IMMEDIATE");
      const result = await work();
      await this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      // SQLite has done it already after some errors, such as a full disk: then this one fails, and nothing is amiss.
      await this.#db.exec("ROLLBACK").catch(() => {});
      throw error;
    }
  }
}
