import type Database from "libsql";
import { numberOf } from "./columns.ts";

/** The version of {@link SCHEMA}, which the file's `user_version` tells. */
const VERSION = 1;

/** Names and what people wrote are JSON strings (`columns.ts`). `last` and `time` are those of the room's last entry, trimmed or not. */
const SCHEMA = `
  CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    tag TEXT NOT NULL,
    last INTEGER NOT NULL,
    time INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX rooms_by_time ON rooms (time);
  CREATE TABLE entries (
    room INTEGER NOT NULL,
    number INTEGER NOT NULL,
    author TEXT NOT NULL,
    ref TEXT NOT NULL,
    nick TEXT NOT NULL,
    text TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (room, number),
    UNIQUE (room, author, ref)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_time ON entries (time);
  PRAGMA user_version = ${VERSION};
`;

/**
 * Sees to it that a database has the schema.
 *
 * @throws Error if it has a newer one
 */
export function ensureSchema(db: Database.Database): void {
  // Under a write lock, as another process may be about to do the same.
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = numberOf(db.prepare("PRAGMA user_version").get(), "user_version");
    if (version > VERSION) {
      throw new Error(
        `it has version ${version}, and this program knows ${VERSION} at most: use a newer program`,
      );
    }
    if (version === 0) db.exec(SCHEMA);
    db.exec("COMMIT");
  } catch (error) {
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
