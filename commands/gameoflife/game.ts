import type { LookupFunction } from "node:net";
import { STEPS_PROTOCOL } from "../../handlers/life/protocol.ts";
import type { Connection } from "../../middleware/connection.ts";
import { UnexpectedResponse } from "../../middleware/errors.ts";
import { type Connector, connector } from "../connector.ts";
import { CommandError } from "../errors.ts";
import { closureCause, failureCause, notImplemented } from "../failure.ts";
import { findServer } from "../find-server.ts";
import { Cell } from "./cell.ts";
import { neighbours } from "./neighbours.ts";
import { pace } from "./pace.ts";
import type { Position } from "./pattern.ts";
import { createProgress, currentStep, type Progress } from "./progress.ts";
import { type Shared, worker } from "./worker.ts";

/** A game to play. */
export interface Game {
  /** The server's base URL, such as `ws://localhost:8000`. */
  readonly url: string;
  /** The game's name on the server; undefined for the default one. */
  readonly name?: string | undefined;
  /** The side of the grid, in cells. */
  readonly size: number;
  /** The states at step 0, row by row: 1 alive, 0 dead. */
  readonly states: Uint8Array;
  /** Whether the grid is a torus. */
  readonly wrap: boolean;
  /** Steps per second, at most. */
  readonly speed: number;
  /** The step to end after; Infinity for a game without an end. */
  readonly steps: number;
}

/**
 * Plays a game: resets the server, then lives each cell's life on a connection of its own.
 *
 * @param progress is kept up to date meanwhile
 * @returns a promise that resolves after the last step, when the server has received all of it
 * @throws CommandError if there is no server, it is lost, or it breaks the protocol. Workers that are connected by then
 *   are left as they are: it is for the process to end
 */
export async function playGame(game: Game, progress = createProgress()): Promise<void> {
  const lookup = await findServer(game.url);
  const connect = connector(lookup, { protocols: await reset(lookup, game) });
  const shared: Shared = { steps: game.steps, pace: pace(game.speed), progress };
  try {
    await Promise.all(positions(game.size).map((position) => playCell(connect, game, position, shared)));
  } catch (error) {
    throw brokenOff(error, progress, game.size);
  }
}

/** Starts the game; gives the subprotocols that its workers may ask for. */
async function reset(lookup: LookupFunction, game: Game): Promise<readonly string[]> {
  const { size } = game;
  const { protocol, code, reason } = await sendSize(lookup, viewUrl(game, "reset/"), size);
  if (code !== 1000)
    throw new CommandError(`The server started no game of size ${size}: ${closureCause(code, reason)}`);
  return protocol === "" ? [] : [protocol];
}

async function sendSize(
  lookup: LookupFunction,
  url: string,
  size: number,
): Promise<{ protocol: string; code: number; reason: string }> {
  try {
    const ws = await connectForReset(lookup, url);
    await ws.send(String(size));
    return { protocol: ws.protocol, ...(await ws.closed) };
  } catch (error) {
    throw new CommandError(
      notImplemented(error) ?? `The server started no game of size ${size}: ${failureCause(error)}`,
    );
  }
}

/** A server need not know a subprotocol that it is asked for (RFC 6455 §4.2.2); `ws` takes that for a failure. */
async function connectForReset(lookup: LookupFunction, url: string): Promise<Connection> {
  try {
    return await connector(lookup, { protocols: [STEPS_PROTOCOL] })(url);
  } catch (error) {
    if (error instanceof UnexpectedResponse) throw error;
    return connector(lookup)(url);
  }
}

async function playCell(connect: Connector, game: Game, position: Position, shared: Shared): Promise<void> {
  const { size, states, wrap } = game;
  const { row, col } = position;
  const around = neighbours(row, col, size, wrap);
  const cell = new Cell(position, states[row * size + col] === 1 ? 1 : 0, around);
  const ws = await connect(viewUrl(game, "worker/"));
  shared.progress.connected += 1;
  await worker(ws, cell, around, shared);
}

function brokenOff(error: unknown, progress: Progress, size: number): unknown {
  if (error instanceof CommandError) return error;
  const workers = size * size;
  const when =
    progress.connected < workers
      ? `with ${progress.connected} of ${workers} workers connected`
      : `at step ${currentStep(progress, workers)}`;
  return new CommandError(`The game broke off ${when}: ${failureCause(error)}`);
}

function positions(size: number): Position[] {
  return Array.from({ length: size * size }, (_, index) => ({
    row: Math.floor(index / size),
    col: index % size,
  }));
}

function viewUrl({ url: base, name }: Game, path: string): string {
  const url = new URL(base);
  const game = name === undefined ? "" : `games/${encodeURIComponent(name)}/`;
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${game}${path}`;
  return url.href;
}
