import type Database from "libsql/promise";
import {
  type Append,
  type AppendStatements,
  appendAll,
  type Committed,
  prepareAppending,
} from "./appending.ts";
import { numberOf } from "./columns.ts";
import type { Statement } from "./rows.ts";

/** What is kept when the rest is trimmed. */
export interface Keep {
  /** How many of a room's entries at most. */
  readonly maxEntries: number;
  /** Entries from that time on, in milliseconds since 1970. */
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
  #statements: WriteStatements | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Appends all or none. */
  append(appends: readonly Append[], time: number): Promise<Committed> {
    return this.#transaction(async (sql) => appendAll(sql, appends, time));
  }

  /** Trims some of what is not to be kept; gives whether there may be more. */
  trim({ maxEntries, from }: Keep): Promise<boolean> {
    return this.#transaction(async ({ changes }) => {
      // Crossed: SQLite would otherwise look at every entry.
      const surplus = await this.#delete(
        changes,
        `SELECT room, number FROM rooms CROSS JOIN entries ON room = id AND number <= last - ${maxEntries} LIMIT ${TRIM_BATCH}`,
      );
      // In a room, time goes as the numbers do: so it is the oldest that go, and no hole remains.
      const old = await this.#delete(
        changes,
        `SELECT room, number FROM entries WHERE time < ${from} ORDER BY time, room, number LIMIT ${TRIM_BATCH}`,
      );
      return Math.max(surplus, old) === TRIM_BATCH;
    });
  }

  /** Closes when all that was begun has ended. */
  async close(): Promise<void> {
    await this.#last;
    // So that the file alone is all of it, unless others have it open. If not, it is not lost: the next to open it finds it.
    await this.#db.exec("PRAGMA wal_checkpoint(PASSIVE)").catch(() => {});
    this.#db.close();
  }

  /** @param which selects room and number; all its values are numbers, as `exec` binds none */
  async #delete(changes: Statement, which: string): Promise<number> {
    await this.#db.exec(`DELETE FROM entries WHERE (room, number) IN (${which})`);
    return numberOf(changes.get(), "changes");
  }

  /** Transactions take turns: a connection has one at a time. */
  #transaction<T>(work: (sql: WriteStatements) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#inTransaction(work));
    this.#last = result.catch(() => {});
    return result;
  }

  async #inTransaction<T>(work: (sql: WriteStatements) => Promise<T>): Promise<T> {
    this.#statements ??= await prepare(this.#db);
    try {
      // The write lock at once: what is read in here has to be true still when it is written.
      await this.#db.exec("BEGIN IMMEDIATE");
      const result = await work(this.#statements);
      await this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      // SQLite has done it already after some errors, such as a full disk: then this one fails, and nothing is amiss.
      await this.#db.exec("ROLLBACK").catch(() => {});
      throw error;
    }
  }
}

type WriteStatements = AppendStatements & { readonly changes: Statement };

/** Readies a connection for writing. */
async function prepare(db: Database): Promise<WriteStatements> {
  // With less than this, a machine that loses its power loses what was committed last; macOS asks for it twice.
  await db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = 1");
  const changes: Statement = await db.prepare("SELECT changes() AS changes");
  return { ...(await prepareAppending(db)), changes };
}
