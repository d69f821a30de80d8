import { join, resolve } from "node:path";
import Database from "libsql";
import PromiseDatabase from "libsql/promise";
import { makeDirectory } from "./make-directory.ts";
import { ensureSchema } from "./schema.ts";

/** The file in the log's directory. */
const FILE = "chat.db";

/** How long a start waits for other processes that write, in milliseconds. */
const START_TIMEOUT = 10_000;

/**
 * How long a read waits, in milliseconds, and the event loop with it. It waits only while another process puts the file
 * right after a third one was killed in the middle of a write.
 */
const READ_TIMEOUT = 100;

/** The log's file, with its schema. */
export interface OpenFile {
  /** The connection that reads. */
  readonly reading: Database.Database;
  /** The connection that writes. */
  readonly writing: PromiseDatabase;
}

/**
 * Opens the log's file; makes it, and its directory, if need be.
 *
 * @param timeout how long a write waits for other processes that write, in milliseconds
 * @throws Error that says which file cannot be opened, and why
 */
export function openFile(directory: string, timeout: number): OpenFile {
  const path = join(directory, FILE);
  try {
    // What people say to each other is not for every user of the machine.
    makeDirectory(resolve(directory));
    const reading = new Database(path, { timeout: START_TIMEOUT });
    enterWal(reading);
    ensureSchema(reading);
    reading.exec(`PRAGMA busy_timeout = ${READ_TIMEOUT}; PRAGMA query_only = 1`);
    return { reading, writing: new PromiseDatabase(path, { timeout }) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The chat's log cannot be kept in ${path}: ${why}`, { cause: error });
  }
}

/** Where two processes make this change together, SQLite says at once that it is busy, whatever the time-out. */
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
