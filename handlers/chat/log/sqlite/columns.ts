/**
 * Values of SQLite's rows. What people wrote is kept as JSON strings: as plain text it would end at its first NUL, and half a
 * surrogate pair would become another character.
 */

export function encodeText(text: string): string {
  return JSON.stringify(text);
}

/** The text of a column that {@link encodeText} made. */
export function textOf(row: unknown, column: string): string {
  const value: unknown = JSON.parse(stringOf(row, column));
  if (typeof value === "string") return value;
  throw new TypeError(`The column "${column}" holds no text`);
}

export function stringOf(row: unknown, column: string): string {
  const value = cellOf(row, column);
  if (typeof value === "string") return value;
  throw new TypeError(`The column "${column}" holds no string`);
}

export function numberOf(row: unknown, column: string): number {
  const value = cellOf(row, column);
  if (typeof value === "number") return value;
  throw new TypeError(`The column "${column}" holds no number`);
}

function cellOf(row: unknown, column: string): unknown {
  return typeof row === "object" && row !== null ? Reflect.get(row, column) : undefined;
}
