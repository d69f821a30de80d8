import { MAX_SIZE, numberIn, type Position } from "./protocol.ts";

/**
 * The wire format of workers that ask for the subprotocol {@link STEPS_PROTOCOL}. It is an eighth of the messages of the original's,
 * since a worker hears its neighbours' states together; and a worker may lose its connection, or its server, and come back to
 * whichever server has the game. One frame a line, as there:
 *
 * 1. worker: `GAME SIZE ROW COL KEY`, or `GAME SIZE ROW COL KEY STEP HISTORY` where it knows how far its cell has come; a new game's
 *    workers know it: `0 2` or `0 3`. KEY is a secret: who has it takes the place of its own older connection, which is closed
 *    with {@link TAKEN_OVER}.
 * 2. server: `steps`, when all workers are there.
 * 3. worker: `ROW COL` for each cell that it subscribes to, at most {@link MAX_HEARD}, then `sub`.
 * 4. server: `run`, when all have subscribed and it is known how far the cell has come. It is `run STEP HISTORY` where that is further
 *    than the worker has said: it goes on from there.
 * 5. worker: `STEP STATE` for each step after the one where it stands. What is known already is ignored.
 * 6. server: `STEP STATES` for each step from the one where the worker stands, as soon as all cells that it subscribed to are known
 *    at that step. STATES is a sum: of 1 if the first of them is alive, 2 for the second, 4 for the third, and so on.
 *
 * HISTORY holds the last states of a cell, at most {@link MAX_HISTORY}: a bit for each, the latest the lowest, below a leading 1.
 *
 * The server closes with {@link REPLACED} where GAME is not the game that is on, with 1008 where somebody else lives the cell or the
 * worker breaks the rules, and with 1013 where it should come again.
 *
 * The view `/reset/` takes the same subprotocol, and answers the size with the new game's id, GAME, before it closes with 1000.
 */

/** The subprotocol of workers that hear whole steps, and come back. */
export const STEPS_PROTOCOL = "steps.v1";

/** To how many cells a worker may subscribe: the sum of them has nine digits at most. */
export const MAX_HEARD = 29;

/** How many states of a cell a history holds at most. */
export const MAX_HISTORY = 15;

/** Said by the server when all workers are there. */
export const STEPS = "steps";

/** Said by the server when a worker may go on. */
export const RUN = "run";

/** The code with which a worker is closed whose game is over: another was started (private use, RFC 6455 §7.4.2). */
export const REPLACED = 4000;

/** The code with which a connection is closed whose worker has connected again (private use, RFC 6455 §7.4.2). */
export const TAKEN_OVER = 4001;

/** How far a cell has come. */
export interface Standing {
  /** The latest step. */
  readonly step: number;
  /** The last states, as bits. */
  readonly history: number;
}

/** The first line of a worker. */
export interface Introduction extends Position {
  /** The id of the game that it plays. */
  readonly game: string;
  /** The side of that game's grid, in cells. */
  readonly size: number;
  /** What nobody knows who is not this worker. */
  readonly key: string;
  /** How far its cell has come; undefined where it does not know. */
  readonly standing: Standing | undefined;
}

/** The history of a cell that is one state longer; the oldest goes where there would be too many. */
export function appendState(history: number, state: 0 | 1): number {
  const longer = (history << 1) | state;
  return longer > LONGEST ? (longer & (FULL - 1)) | FULL : longer;
}

/** The state of a cell at a step; undefined where its history does not hold it. */
export function stateAt({ step: latest, history }: Standing, step: number): 0 | 1 | undefined {
  const age = latest - step;
  return age < 0 || age >= historyLength(history) ? undefined : ((history >> age) & 1) === 1 ? 1 : 0;
}

/** How many states a history holds. */
export function historyLength(history: number): number {
  return 31 - Math.clz32(history);
}

/** The leading 1 of the longest history, and the largest number that is one. */
const FULL = 2 ** MAX_HISTORY;
const LONGEST = 2 * FULL - 1;

const INTRODUCTION =
  /^([\w-]{1,64}) ([1-9]\d{0,3}) (0|[1-9]\d{0,3}) (0|[1-9]\d{0,3}) ([\w-]{1,64})(?: (\d+ \d+))?$/;

/** Reads `GAME SIZE ROW COL KEY`, with or without `STEP HISTORY`; undefined if it is anything else, or the cell is not on the grid. */
export function parseIntroduction(line: string): Introduction | undefined {
  const match = INTRODUCTION.exec(line);
  if (!match) return undefined;
  const [, game = "", size = "", row = "", col = "", key = "", stands] = match;
  const standing = stands === undefined ? undefined : parseStanding(stands);
  if (stands !== undefined && !standing) return undefined;
  const introduction = { game, size: Number(size), row: Number(row), col: Number(col), key, standing };
  return isOnGrid(introduction) ? introduction : undefined;
}

/** Writes `GAME SIZE ROW COL KEY`, with `STEP HISTORY` where that is known. */
export function formatIntroduction({ game, size, row, col, key, standing }: Introduction): string {
  const line = `${game} ${size} ${row} ${col} ${key}`;
  return standing ? `${line} ${formatStanding(standing)}` : line;
}

/** Reads `run` or `run STEP HISTORY`; undefined if it is anything else. */
export function parseRun(line: string): { readonly standing: Standing | undefined } | undefined {
  if (line === RUN) return { standing: undefined };
  const standing = line.startsWith(`${RUN} `) ? parseStanding(line.slice(RUN.length + 1)) : undefined;
  return standing && { standing };
}

/** Writes `run`, with `STEP HISTORY` where the worker does not know it. */
export function formatRun(standing?: Standing): string {
  return standing ? `${RUN} ${formatStanding(standing)}` : RUN;
}

/** Reads `STEP STATE`; undefined if it is anything else. */
export function parseState(line: string): { readonly step: number; readonly state: 0 | 1 } | undefined {
  const place = line.length - 2;
  const step = numberIn(line, 0, place);
  const state = line.charCodeAt(place + 1) - ZERO;
  if (step < 0 || line[place] !== " " || (state !== 0 && state !== 1)) return undefined;
  return { step, state };
}

/** Writes `STEP STATE`. */
export function formatState({ step, state }: { readonly step: number; readonly state: 0 | 1 }): string {
  return `${step} ${state}`;
}

/** Reads `STEP STATES`; undefined if it is anything else. */
export function parseStates(line: string): { readonly step: number; readonly states: number } | undefined {
  const place = line.indexOf(" ");
  const step = numberIn(line, 0, place);
  const states = numberIn(line, place + 1, line.length);
  return step < 0 || states < 0 ? undefined : { step, states };
}

/** Writes `STEP STATES`. */
export function formatStates(step: number, states: number): string {
  return `${step} ${states}`;
}

const ZERO = "0".charCodeAt(0);

/** A history of one state at least, of a step that has as many before it. */
function parseStanding(text: string): Standing | undefined {
  const place = text.indexOf(" ");
  const step = numberIn(text, 0, place);
  const history = numberIn(text, place + 1, text.length);
  if (step < 0 || history < 2 || history > LONGEST || historyLength(history) > step + 1) return undefined;
  return { step, history };
}

function formatStanding({ step, history }: Standing): string {
  return `${step} ${history}`;
}

function isOnGrid({ size, row, col }: Introduction): boolean {
  return size <= MAX_SIZE && row < size && col < size;
}
