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
 * A worker that asks for the subprotocol {@link STEPS_PROTOCOL} hears its neighbours' states together, which is an eighth of the
 * messages. The server says `steps` instead of the first `sub`, and the worker names the cell that it lives before those that it
 * subscribes to, of which there may be {@link MAX_HEARD}. From `run` on:
 *
 * - worker → server: `STEP STATE`, each step from 0;
 * - server → worker: `STEP STATES`, each step from 0 as soon as all of its cells have told theirs. STATES is a sum: of 1 if the
 *   first cell that it subscribed to is alive, 2 for the second, 4 for the third, and so on. A cell that it subscribes to should
 *   listen to its own: one that is two steps ahead of what the worker has heard costs it the connection (1008).
 *
 * The view `/reset/` takes the same subprotocol, and says so that the server's workers do.
 *
 * A watcher that asks for a subprotocol gets binary frames instead: see `cells-protocol.ts`.
 */

/** The subprotocol of workers that want whole steps. */
export const STEPS_PROTOCOL = "steps.v1";

/** To how many cells a worker may subscribe that wants whole steps: the sum of them has nine digits at most. */
export const MAX_HEARD = 29;

/** The largest side of a grid, in cells. */
export const MAX_SIZE = 1000;

/** Sent by the server when all workers are connected, and by a worker when it has named all its neighbours. */
export const SUB = "sub";

/** What the server says instead to a worker that gets whole steps. */
export const STEPS = "steps";

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
function numberIn(line: string, start: number, end: number): number {
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

/** Reads `STEP STATE`, of the worker of that cell; undefined if it is anything else. */
export function parseState(line: string, { row, col }: Position): Update | undefined {
  const place = line.length - 2;
  const step = numberIn(line, 0, place);
  const state = line.charCodeAt(place + 1) - ZERO;
  if (step < 0 || line[place] !== " " || (state !== 0 && state !== 1)) return undefined;
  return { step, row, col, state };
}

/** Writes `STEP STATE`. */
export function formatState({ step, state }: Pick<Update, "step" | "state">): string {
  return `${step} ${state}`;
}

/** Reads `STEP STATES`; undefined if it is anything else. */
export function parseStates(line: string): { step: number; states: number } | undefined {
  const place = line.indexOf(" ");
  const step = numberIn(line, 0, place);
  const states = numberIn(line, place + 1, line.length);
  return step < 0 || states < 0 ? undefined : { step, states };
}

/** Writes `STEP STATES`. */
export function formatStates(step: number, states: number): string {
  return `${step} ${states}`;
}
