import type { Entry } from "../log.ts";
import { numberOf, stringOf, textOf } from "./columns.ts";
import { entryId, type Numbered } from "./entry-id.ts";

/** What a prepared statement is used for. */
export interface Statement {
  get(...values: (string | number)[]): unknown;
  run(...values: (string | number)[]): unknown;
}

/** A row of `rooms`. */
export interface RoomRow extends Numbered {
  readonly id: number;
  /** The time of its last entry, in milliseconds since 1970; 0 if it never had one. */
  readonly time: number;
}

export const SELECT_ROOM = "SELECT id, tag, last, time FROM rooms WHERE name = ?";

export const ENTRY_COLUMNS = "number, nick, ref, text, time";

/** Reads what {@link SELECT_ROOM} found. */
export function toRoom(row: unknown): RoomRow {
  return {
    id: numberOf(row, "id"),
    tag: stringOf(row, "tag"),
    last: numberOf(row, "last"),
    time: numberOf(row, "time"),
  };
}

/** Reads a row that has the {@link ENTRY_COLUMNS}. */
export function toEntry(tag: string, row: unknown): Entry {
  return {
    id: entryId(tag, numberOf(row, "number")),
    nick: textOf(row, "nick"),
    ref: textOf(row, "ref"),
    text: textOf(row, "text"),
    time: numberOf(row, "time"),
  };
}
