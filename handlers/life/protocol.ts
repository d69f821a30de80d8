/**
 * The wire format of the Game of Life, as pure functions that the server, the commands and the browser share.
 *
 * Text, as in django-c10k-demo: one frame a line, numbers in decimal, separated by one space.
 *
 * | view        | client → server                                             | server → client                  |
 * | ----------- | ----------------------------------------------------------- | -------------------------------- |
 * | `/reset/`   | `SIZE`                                                      | closes with 1000                 |
 * | `/worker/`  | `ROW COL` per subscription, `sub`, then `STEP ROW COL STATE` | `sub`, `run`, `STEP ROW COL STATE` |
 * | `/watcher/` | –                                                           | `STEP ROW COL STATE`             |
 *
 * A worker that asks for a subprotocol hears its neighbours' states together, and can come back: see `steps-protocol.ts`.
 * A watcher that asks for one gets binary frames: see `cells-protocol.ts`.
 */

/** The largest side of a grid, in cells. */
export const MAX_SIZE = 1000;

/** Sent by the server when all workers are connected, and by a worker when it has named all its neighbours. */
export const SUB = "sub";

/** Sent by the server when all workers are subscribed. */
export const RUN = "run";

/** A cell's place on the grid, from 0. */
export interface Position {
  readonly row: number;
  readonly col: number;
}

/** One cell's state at one step. */
export interface Update extends Position {
  readonly step: number;
  /** 1: alive, 0: dead. */
  readonly state: 0 | 1;
}

const SIZE_LINE = /^[1-9]\d{0,3}$/;
const CELL_LINE = /^(0|[1-9]\d{0,8}) (0|[1-9]\d{0,8})$/;

const ZERO = "0".charCodeAt(0);

/** The longest name of a game, in characters. */
export const MAX_NAME = 64;

const NAME = /^(?!\p{M})[\p{L}\p{M}\p{Nd}_-]+$/u;

/** Reads the name of a game, decoded; gives it in NFC, or undefined if it is none: 1 to 64 letters, digits, `-` and `_`. */
export function parseName(text: string): string | undefined {
  const name = text.normalize();
  return NAME.test(name) && [...name].length <= MAX_NAME ? name : undefined;
}

/** Reads the line of `/reset/`: an integer from 1 to {@link MAX_SIZE}; undefined if it is anything else. */
export function parseSize(line: string): number | undefined {
  const size = SIZE_LINE.test(line) ? Number(line) : 0;
  return size >= 1 && size <= MAX_SIZE ? size : undefined;
}

/** Reads `ROW COL`; undefined if it is anything else. Whether the cell is on the grid is for the game to say. */
export function parseCell(line: string): Position | undefined {
  const match = CELL_LINE.exec(line);
  return match ? { row: Number(match[1]), col: Number(match[2]) } : undefined;
}

/** Reads `STEP ROW COL STATE`; undefined if it is anything else. */
export function parseUpdate(line: string): Update | undefined {
  // By hand, as a game reads nothing else: a regular expression takes thrice the time, in every worker at every step.
  const first = line.indexOf(" ");
  const second = line.indexOf(" ", first + 1);
  const third = line.length - 2;
  const step = numberIn(line, 0, first);
  const row = numberIn(line, first + 1, second);
  const col = numberIn(line, second + 1, third);
  const state = line.charCodeAt(third + 1) - ZERO;
  if (step < 0 || row < 0 || col < 0 || line[third] !== " " || (state !== 0 && state !== 1)) return undefined;
  return { step, row, col, state };
}

/** The number between two places of a line: of one to nine digits, the first of them no 0 before another; -1 if it is none. */
export function numberIn(line: string, start: number, end: number): number {
  const digits = end - start;
  if (digits < 1 || digits > 9 || (digits > 1 && line.charCodeAt(start) === ZERO)) return -1;
  let number = 0;
  for (let i = start; i < end; i += 1) {
    const digit = line.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Writes `ROW COL`. */
export function formatCell({ row, col }: Position): string {
  return `${row} ${col}`;
}

/** Writes `STEP ROW COL STATE`. */
export function formatUpdate({ step, row, col, state }: Update): string {
  return `${step} ${row} ${col} ${state}`;
}
