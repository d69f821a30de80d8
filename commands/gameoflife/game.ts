import { randomUUID } from "node:crypto";
import { HANDSHAKES_AT_ONCE } from "../connector.ts";
import { CommandError } from "../errors.ts";
import { failureCause } from "../failure.ts";
import { atStart, Cell } from "./cell.ts";
import { type Look, look, NO_GAME } from "./look.ts";
import { neighbours } from "./neighbours.ts";
import { checkOneSite } from "./one-site.ts";
import { pace } from "./pace.ts";
import { runProcesses } from "./processes.ts";
import { createProgress, currentStep, type Progress } from "./progress.ts";
import { startGame } from "./reset.ts";
import { connectTo, type Server } from "./servers.ts";
import { type Errand, playShare, shareOut } from "./share.ts";
import { type GameName, viewUrl } from "./urls.ts";
import { worker } from "./worker.ts";

/** How a game is played. */
export interface Manner extends Pick<Errand, "name" | "wrap" | "speed" | "steps" | "patience"> {
  /** How many processes the cells are split over. Default: 1, this one. */
  readonly processes?: number | undefined;
  /** Is kept up to date meanwhile. */
  readonly progress?: Progress | undefined;
  /** Told what happens, in a line. */
  readonly tell?: ((line: string) => void) | undefined;
}

/** What a game begins with. */
export interface Start {
  /** The side of the grid, in cells. */
  readonly size: number;
  /** The states at step 0, row by row: 1 alive, 0 dead. */
  readonly states: Uint8Array;
}

/**
 * Plays a game: starts it on a server, then lives each cell's life on a connection of its own, spread over all servers.
 *
 * @param servers those that there are, of one site
 * @returns a promise that resolves after the last step, when the servers have received all of it
 * @throws CommandError if there is no server any more, or one breaks the protocol. Workers that are connected by then are left
 *   as they are: it is for the process to end
 */
export async function playGame(
  servers: readonly Server[],
  { size, states }: Start,
  manner: Manner,
): Promise<void> {
  const present = servers.filter(({ address }) => address !== undefined);
  const [server] = present;
  if (!server) throw new CommandError("Without a server there is no game");
  const game = await startGame(server, manner.name, size);
  if (game === undefined) {
    if ((manner.processes ?? 1) > 1)
      manner.tell?.(`${server.url} knows the original's wire format alone: one process plays all cells`);
    return playInLines(present, { size, states }, manner);
  }
  await checkOneSite(present, manner.name, game);
  return playInSteps({ servers, game, size, states, resume: false }, manner);
}

/**
 * Lives the cells of a game that nobody lives, until all have come to the last step.
 *
 * @param seen how the game stands
 * @param states those at step 0, for cells of which no server knows how far they have come; undefined where they are not known
 * @throws CommandError as {@link playGame} does
 */
export async function resumeGame(
  servers: readonly Server[],
  { game, size }: Look,
  states: Uint8Array | undefined,
  manner: Manner,
): Promise<void> {
  await checkOneSite(
    servers.filter(({ address }) => address !== undefined),
    manner.name,
    game,
  );
  return playInSteps({ servers, game, size, states, resume: true }, manner);
}

/**
 * Finds the game that is on.
 *
 * @throws CommandError if there is none, or no server says
 */
export async function findGame(servers: readonly Server[], name: GameName): Promise<Look> {
  const looks = await Promise.allSettled(servers.map((server) => look(server, name)));
  const seen = looks.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const found = seen.find(({ game }) => game !== NO_GAME);
  if (found) return found;
  const failure = looks.find((result) => result.status === "rejected");
  if (!failure || seen.length > 0)
    throw new CommandError("There is no game to go on with: start one without --resume");
  throw new CommandError(`No server says how the game stands: ${failureCause(failure.reason)}`);
}

async function playInSteps(
  what: Omit<Errand, keyof Manner>,
  { processes = 1, progress = createProgress(), tell = () => {}, ...manner }: Manner,
): Promise<void> {
  const shares = shareOut({ ...what, ...manner }, processes, randomUUID);
  const [share] = shares;
  try {
    if (share && processes === 1) await playShare(share, progress, async () => {});
    else await runProcesses(shares, progress, tell);
  } catch (error) {
    throw brokenOff(error, progress, what.size);
  }
}

/** Plays as the original's workers do, which know of no other server and do not come back. */
async function playInLines(
  servers: readonly Server[],
  { size, states }: Start,
  { name, wrap, speed, steps, progress = createProgress() }: Manner,
): Promise<void> {
  const options = { atOnce: HANDSHAKES_AT_ONCE, protocols: [] };
  const connect = connectTo(servers, (base) => viewUrl(base, name, "worker/"), options);
  const shared = { steps, pace: pace(speed), progress };
  async function play(_: unknown, number: number): Promise<void> {
    const [row, col] = [Math.floor(number / size), number % size];
    const around = neighbours(row, col, size, wrap);
    const cell = new Cell({ row, col }, around, atStart(states[number]));
    const ws = await connect(number);
    progress.connected += 1;
    await worker(ws, cell, around, shared);
  }
  try {
    await Promise.all(Array.from({ length: size ** 2 }, play));
  } catch (error) {
    throw brokenOff(error, progress, size);
  }
}

function brokenOff(error: unknown, progress: Progress, size: number): unknown {
  if (error instanceof CommandError) return error;
  const workers = size * size;
  const when =
    progress.updates < workers
      ? `with ${progress.connected} of ${workers} workers connected`
      : `at step ${currentStep(progress, workers)}`;
  return new CommandError(`The game broke off ${when}: ${failureCause(error)}`);
}
