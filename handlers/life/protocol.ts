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
 * A watcher that asks for the subprotocol {@link CELLS_PROTOCOL} gets binary frames instead, about a quarter of the
 * bytes and a thousandth of the frames. They are sequences of unsigned 32-bit little-endian words:
 *
 * - game: `0, SIZE, PHASE, CONNECTED, SUBSCRIBED`, sent first, and whenever one of them changes noticeably;
 * - updates: `1`, then blocks of `STEP, COUNT, COUNT × CELL`, where `CELL = (ROW × SIZE + COL) × 2 + STATE`.
 */

/** The subprotocol of watchers that want many cells in one binary frame. */
export const CELLS_PROTOCOL = "cells.v1";

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

/** What a game waits for: nobody plays; workers connect; workers subscribe; workers run. */
export type Phase = "idle" | "connecting" | "subscribing" | "running";

const PHASES: readonly Phase[] = ["idle", "connecting", "subscribing", "running"];

const SIZE_LINE = /^[1-9]\d{0,3}$/;
const CELL_LINE = /^(0|[1-9]\d{0,8}) (0|[1-9]\d{0,8})$/;

const ZERO = "0".charCodeAt(0);

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

/** A frame of {@link CELLS_PROTOCOL} that describes the game. */
export interface GameFrame {
  readonly kind: "game";
  /** The side of the grid, in cells. */
  readonly size: number;
  readonly phase: Phase;
  /** Workers connected, of size². */
  readonly connected: number;
  /** Workers subscribed, of size². */
  readonly subscribed: number;
}

/** Cells that reached one step: each is `(row × size + col) × 2 + state`. */
export interface UpdateBlock {
  readonly step: number;
  readonly cells: ArrayLike<number>;
}

/** A frame of {@link CELLS_PROTOCOL} that carries updates; a later block of a cell is newer than an earlier one. */
export interface UpdatesFrame {
  readonly kind: "updates";
  readonly blocks: readonly UpdateBlock[];
}

const GAME = 0;
const UPDATES = 1;

/** Encodes a game frame. */
export function encodeGame(game: Omit<GameFrame, "kind">): Uint8Array<ArrayBuffer> {
  const { size, phase, connected, subscribed } = game;
  return encodeWords([GAME, size, PHASES.indexOf(phase), connected, subscribed]);
}

/** Encodes updates, given as the packed cells of each step. */
export function encodeUpdates(blocks: Iterable<UpdateBlock>): Uint8Array<ArrayBuffer> {
  const words = [UPDATES];
  for (const { step, cells } of blocks) {
    words.push(step, cells.length);
    for (let i = 0; i < cells.length; i++) words.push(cells[i] ?? 0);
  }
  return encodeWords(words);
}

/** Packs a cell and its state into the one number that an {@link UpdateBlock} holds. */
export function packCell(size: number, row: number, col: number, state: 0 | 1): number {
  return (row * size + col) * 2 + state;
}

/**
 * Decodes a frame of {@link CELLS_PROTOCOL}.
 *
 * @throws TypeError if it is none
 */
export function decodeFrame(data: ArrayBuffer): GameFrame | UpdatesFrame {
  const words = decodeWords(data);
  if (words[0] === GAME && words.length === 5) return decodeGame(words);
  if (words[0] === UPDATES) return { kind: "updates", blocks: [...decodeBlocks(words)] };
  throw new TypeError(`Not a frame of ${CELLS_PROTOCOL}`);
}

function decodeGame(words: Uint32Array): GameFrame {
  const [, size = 0, phaseNumber = 0, connected = 0, subscribed = 0] = words;
  const phase = PHASES[phaseNumber];
  if (!phase) throw new TypeError(`Not a frame of ${CELLS_PROTOCOL}`);
  return { kind: "game", size, phase, connected, subscribed };
}

function* decodeBlocks(words: Uint32Array): Generator<UpdateBlock> {
  let position = 1;
  while (position < words.length) {
    const [step = 0, count = 0] = words.subarray(position, position + 2);
    const end = position + 2 + count;
    if (end > words.length) throw new TypeError(`A frame of ${CELLS_PROTOCOL} is cut short`);
    yield { step, cells: words.subarray(position + 2, end) };
    position = end;
  }
}

function encodeWords(words: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (let i = 0; i < words.length; i++) view.setUint32(i * 4, words[i] ?? 0, true);
  return new Uint8Array(view.buffer);
}

function decodeWords(data: ArrayBuffer): Uint32Array {
  if (data.byteLength % 4 !== 0) throw new TypeError(`Not a frame of ${CELLS_PROTOCOL}`);
  const view = new DataView(data);
  const words = new Uint32Array(data.byteLength / 4);
  for (let i = 0; i < words.length; i++) words[i] = view.getUint32(i * 4, true);
  return words;
}
