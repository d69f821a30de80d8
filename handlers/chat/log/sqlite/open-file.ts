import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { ensureSchema } from "./schema.ts";

/** The file in the log's directory. */
const FILE = "chat.db";

/** How long a start waits for other processes that write, in milliseconds. */
const START_TIMEOUT = 10_000;

/** The log's file, with its schema, open for reading. */
export interface OpenFile {
  readonly path: string;
  readonly db: Database.Database;
}

/**
 * Opens the log's file; makes it, and its directory, if need be.
 *
 * @throws Error that says what is wrong and what to do
 */
export function openFile(directory: string): OpenFile {
  const path = join(directory, FILE);
  try {
    mkdirSync(directory, { recursive: true });
    const db = new Database(path, { timeout: START_TIMEOUT });
    enterWal(db);
    ensureSchema(db);
    // A reader never waits for writers. For what is left to wait for, the event loop must not.
    db.exec("PRAGMA busy_timeout = 0; PRAGMA query_only = 1");
    return { path, db };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The chat's log cannot be kept in ${path}: ${why}`, { cause: error });
  }
}

/** Of this change SQLite says at once that it is busy, whatever the time-out, where two processes make it together. */
function enterWal(db: Database.Database): void {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    try {
      db.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
}
