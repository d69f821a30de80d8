import type { Pattern, Position } from "./pattern.ts";

/**
 * Reads a pattern in plain text: a line is a row, anything but `.` and space is alive. White space at the end of a line
 * does not count, nor do empty lines at the end; lines that start with `!` are comments, as in `.cells` files.
 */
export function parsePlaintext(text: string): Pattern {
  const rows = text
    .split(/\r\n|\r|\n/)
    .filter((line) => !line.startsWith("!"))
    .map((line) => [...line.trimEnd()]);
  return {
    width: Math.max(0, ...rows.map((row) => row.length)),
    height: rows.findLastIndex((row) => row.length > 0) + 1,
    alive: rows.flatMap(aliveInRow),
  };
}

function aliveInRow(marks: readonly string[], row: number): Position[] {
  return marks.flatMap((mark, col) => (mark === "." || mark === " " ? [] : [{ row, col }]));
}
