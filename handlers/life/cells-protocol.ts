/**
 * The wire format of watchers that ask for the subprotocol {@link CELLS_PROTOCOL}: binary frames, about a quarter of the bytes of lines
 * and a thousandth of the frames. They are sequences of unsigned 32-bit little-endian words:
 *
 * - game: `0, SIZE, PHASE, CONNECTED, SUBSCRIBED`, sent first, and whenever one of them changes noticeably;
 * - updates: `1`, then blocks of `STEP, COUNT, COUNT × CELL`, where `CELL = (ROW × SIZE + COL) × 2 + STATE`.
 */

/** The subprotocol of watchers that want many cells in one binary frame. */
export const CELLS_PROTOCOL = "cells.v1";

/** What a game waits for: nobody plays; workers connect; workers subscribe; workers run. */
export type Phase = "idle" | "connecting" | "subscribing" | "running";

const PHASES: readonly Phase[] = ["idle", "connecting", "subscribing", "running"];

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

/** What {@link packCell} has packed. */
export function unpackCell(
  size: number,
  packed: number,
): { readonly row: number; readonly col: number; readonly state: 0 | 1 } {
  const cell = packed >> 1;
  return { row: Math.floor(cell / size), col: cell % size, state: packed & 1 ? 1 : 0 };
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
