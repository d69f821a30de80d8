import type Database from "libsql/promise";
import type { Entry, NewEntry } from "../log.ts";
import { encodeText, numberOf } from "./columns.ts";
import { entryId, randomTag } from "./entry-id.ts";
import { ENTRY_COLUMNS, type RoomRow, SELECT_ROOM, type Statement, toEntry, toRoom } from "./rows.ts";

/** What is to be appended, and where. */
export interface Append {
  readonly room: string;
  readonly entry: NewEntry;
}

/** What one commit added to a room. */
export interface Addition {
  readonly room: string;
  /** The number of the first entry. */
  readonly first: number;
  /** At least one, oldest first. */
  readonly entries: readonly Entry[];
}

/** What a commit came to: an entry for each append, in order; and which of them are new. */
export interface Committed {
  readonly entries: readonly Entry[];
  readonly additions: readonly Addition[];
}

/** A room in the course of a transaction. */
interface OpenRoom {
  readonly row: RoomRow;
  /** When its last entry was appended. */
  time: number;
  /** What this transaction added. */
  readonly added: Entry[];
}

/** The statements that append. */
export type AppendStatements = Awaited<ReturnType<typeof prepareAppending>>;

export async function prepareAppending(db: Database) {
  const prepare = (sql: string): Promise<Statement> => db.prepare(sql);
  return {
    room: await prepare(SELECT_ROOM),
    addRoom: await prepare("INSERT INTO rooms (name, tag, last, time) VALUES (?, ?, 0, 0) RETURNING id"),
    setRoom: await prepare("UPDATE rooms SET last = ?, time = ? WHERE id = ?"),
    find: await prepare(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE room = ? AND author = ? AND ref = ?`),
    add: await prepare(
      "INSERT INTO entries (room, number, author, ref, nick, text, time) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
  };
}

/**
 * Appends, inside a transaction that holds the write lock.
 *
 * @param time the time of the new entries, unless their room is ahead of it
 */
export function appendAll(sql: AppendStatements, appends: readonly Append[], time: number): Committed {
  const rooms = new Map<string, OpenRoom>();
  const entries = appends.map(({ room, entry }) => appendOne(sql, roomOf(room), entry, time));
  for (const { row, time, added } of rooms.values()) {
    if (added.length > 0) sql.setRoom.run(row.last + added.length, time, row.id);
  }
  const additions = Array.from(rooms, ([room, { row, added }]) => ({
    room,
    first: row.last + 1,
    entries: added,
  }));
  return { entries, additions: additions.filter(({ entries }) => entries.length > 0) };

  function roomOf(name: string): OpenRoom {
    const known = rooms.get(name);
    if (known) return known;
    const row = findRoom(sql, encodeText(name));
    const room = { row, time: row.time, added: [] };
    rooms.set(name, room);
    return room;
  }
}

function findRoom({ room, addRoom }: AppendStatements, name: string): RoomRow {
  const found = room.get(name);
  if (found !== undefined) return toRoom(found);
  const tag = randomTag();
  return { id: numberOf(addRoom.get(name, tag), "id"), tag, last: 0, time: 0 };
}

function appendOne(
  sql: AppendStatements,
  room: OpenRoom,
  { nick, author, ref, text }: NewEntry,
  time: number,
): Entry {
  const { id, tag, last } = room.row;
  const key = [id, encodeText(author), encodeText(ref)] as const;
  const known = sql.find.get(...key);
  if (known !== undefined) return toEntry(tag, known);
  const number = last + room.added.length + 1;
  // A clock may be set back, or behind another process's.
  room.time = Math.max(room.time, time);
  sql.add.run(id, number, ...key.slice(1), encodeText(nick), encodeText(text), room.time);
  const entry = { id: entryId(tag, number), nick, ref, text, time: room.time };
  room.added.push(entry);
  return entry;
}
