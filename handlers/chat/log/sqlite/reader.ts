import type Database from "libsql";
import type { Entry, Range, RoomSummary, Stretch } from "../log.ts";
import { encodeText, numberOf, textOf } from "./columns.ts";
import { entryNumber } from "./entry-id.ts";
import { ENTRY_COLUMNS, type RoomRow, SELECT_ROOM, toEntry, toRoom } from "./rows.ts";

/** What is behind an entry. */
export interface Tail {
  /** The number of the last entry that is known of now: of the last one here, or of the one that was given. */
  readonly position: number;
  readonly entries: readonly Entry[];
}

/** Behind the number of every entry. */
const NO_NUMBER = Number.MAX_SAFE_INTEGER;

/** The connection that reads. It sees what is committed, and nothing else. */
export class Reader {
  readonly #db: Database.Database;
  readonly #room: Database.Statement;
  readonly #behind: Database.Statement;
  readonly #before: Database.Statement;
  readonly #rooms: Database.Statement;

  constructor(db: Database.Database) {
    this.#db = db;
    const entries = `SELECT ${ENTRY_COLUMNS} FROM entries WHERE room = ?`;
    this.#room = db.prepare(SELECT_ROOM);
    this.#behind = db.prepare(`${entries} AND number > ? ORDER BY number LIMIT ?`);
    this.#before = db.prepare(`${entries} AND number < ? ORDER BY number DESC LIMIT ?`);
    this.#rooms = db.prepare(
      `SELECT name, time FROM rooms WHERE EXISTS (SELECT * FROM entries WHERE room = id)
       ORDER BY time DESC, id DESC LIMIT ?`,
    );
  }

  read(name: string, { since, before, limit }: Range): Stretch {
    const named = since ?? before;
    const room = this.#find(name);
    if (!room) return { entries: [], gap: named !== undefined };
    const number = named === undefined ? undefined : entryNumber(room, named);
    if (number === undefined) {
      const entries = before === undefined ? this.#readBefore(room, NO_NUMBER, limit).entries : [];
      return { entries, gap: named !== undefined };
    }
    return before === undefined
      ? this.#readSince(room, number, limit)
      : this.#readBefore(room, number, limit);
  }

  /** What is behind an entry; everything, if that never was. */
  tail(name: string, since: string | undefined, limit: number): Tail {
    const room = this.#find(name);
    if (!room) return { position: 0, entries: [] };
    const position = since === undefined ? 0 : (entryNumber(room, since) ?? 0);
    const rows = this.#behind.all(room.id, position, limit);
    return {
      position: rows.length > 0 ? numberOf(rows.at(-1), "number") : position,
      entries: rows.map((row) => toEntry(room.tag, row)),
    };
  }

  latestRooms(limit: number): RoomSummary[] {
    return this.#rooms.all(limit).map((row) => ({ room: textOf(row, "name"), time: numberOf(row, "time") }));
  }

  close(): void {
    this.#db.close();
  }

  #find(name: string): RoomRow | undefined {
    const row = this.#room.get(encodeText(name));
    return row === undefined ? undefined : toRoom(row);
  }

  #readSince(room: RoomRow, since: number, limit: number): Stretch {
    const rows = this.#behind.all(room.id, since, limit);
    // The numbers have no gap, so that one here is made of what was trimmed; also behind the last one, which was read before.
    const next = rows.length > 0 ? numberOf(rows[0], "number") : room.last + 1;
    return { entries: rows.map((row) => toEntry(room.tag, row)), gap: next > since + 1 };
  }

  #readBefore(room: RoomRow, before: number, limit: number): Stretch {
    const rows = this.#before.all(room.id, before, limit).reverse();
    const first = rows.length > 0 ? numberOf(rows[0], "number") : before;
    return { entries: rows.map((row) => toEntry(room.tag, row)), gap: rows.length < limit && first > 1 };
  }
}
