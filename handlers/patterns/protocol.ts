/**
 * The format of the files in `patterns/`, which commands read and the view `/patterns/` sends to pages: plain text, as in `.cells`
 * files. A line is a row, anything but `.` and space in it is alive; lines that start with `!` are comments. The first two of those say
 * whose the pattern is, the others what it does:
 *
 * ```text
 * !Name: Blinker
 * !Author: John Conway, 1970
 * !The smallest oscillator: its period is 2.
 * OOO
 * ```
 */

/** A pattern of the Game of Life: its bounding box, and where in it the live cells are. */
export interface Pattern {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly alive: readonly Position[];
}

/** Where a cell is: the row and column, from 0, from the top and the left. */
export interface Position {
  readonly row: number;
  readonly col: number;
}

/** What the comments of a pattern say; empty where they say nothing. */
export interface Credits {
  readonly title: string;
  /** Who found it, and when. */
  readonly author: string;
  readonly note: string;
}

/** Reads a pattern. White space at the end of a line does not count, nor do empty lines at the end. */
export function parsePlaintext(text: string): Pattern {
  const rows = lines(text)
    .filter((line) => !line.startsWith("!"))
    .map((line) => [...line.trimEnd()]);
  return {
    width: Math.max(0, ...rows.map((row) => row.length)),
    height: rows.findLastIndex((row) => row.length > 0) + 1,
    alive: rows.flatMap(aliveInRow),
  };
}

/** Reads what the comments of a pattern say. */
export function parseCredits(text: string): Credits {
  const comments = lines(text)
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1).trim());
  const after = (label: string) => comments.find((line) => line.startsWith(label))?.slice(label.length) ?? "";
  return {
    title: after("Name:").trim(),
    author: after("Author:").trim(),
    note: comments.filter((line) => !/^(Name|Author):/.test(line)).join(" "),
  };
}

/** Writes what the view `/patterns/` sends: each pattern's file, by its name. */
export function formatListing(files: ReadonlyMap<string, string>): string {
  return JSON.stringify(Object.fromEntries(files));
}

/**
 * Reads what {@link formatListing} has written.
 *
 * @throws SyntaxError or TypeError if it is anything else
 */
export function parseListing(json: string): ReadonlyMap<string, string> {
  const listing: unknown = JSON.parse(json);
  if (typeof listing !== "object" || listing === null) throw new TypeError("Not a listing of patterns");
  return new Map(Object.entries(listing).map(([name, text]) => [name, asText(text)]));
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError("Not a listing of patterns");
}

function lines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function aliveInRow(marks: readonly string[], row: number): Position[] {
  return marks.flatMap((mark, col) => (mark === "." || mark === " " ? [] : [{ row, col }]));
}
