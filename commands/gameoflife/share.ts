import { STEPS_PROTOCOL } from "../../handlers/life/steps-protocol.ts";
import { HANDSHAKES_AT_ONCE } from "../connector.ts";
import { atStart } from "./cell.ts";
import { Crew, type Grid } from "./crew.ts";
import { pace } from "./pace.ts";
import type { Progress } from "./progress.ts";
import { resume } from "./resume.ts";
import { Run } from "./run.ts";
import { connectTo, type Server } from "./servers.ts";
import { type GameName, viewUrl } from "./urls.ts";

/** What all processes do that play a game together. */
export interface Errand extends Grid {
  readonly servers: readonly Server[];
  readonly name: GameName;
  /** The game's id. */
  readonly game: string;
  /** The states at step 0, row by row: 1 alive, 0 dead; undefined where they are not known. */
  readonly states: Uint8Array | undefined;
  /** Steps per second, at most. */
  readonly speed: number;
  /** The step to end after; Infinity for a game without an end. */
  readonly steps: number;
  /** For how many milliseconds there may be no server before the game breaks off. */
  readonly patience: number;
  /** Whether to live only cells that nobody lives. */
  readonly resume: boolean;
}

/** The cells that one process lives. */
export interface Share extends Errand {
  /** The secret of its workers. */
  readonly key: string;
  /** How many cells. */
  readonly cells: number;
  /** The first of them, as `row × size + col`. */
  readonly first: number;
  /** How many handshakes are under way at once with each server. */
  readonly atOnce: number;
}

/**
 * Splits the cells over processes.
 *
 * @param keyOf gives each process its secret
 * @returns one share for each process; their sizes differ by one at most
 */
export function shareOut(errand: Errand, processes: number, keyOf: () => string): Share[] {
  const cells = errand.size ** 2;
  const atOnce = Math.ceil(HANDSHAKES_AT_ONCE / processes);
  const start = (index: number) => Math.floor((index * cells) / processes);
  return Array.from({ length: processes }, (_, index) => {
    const first = start(index);
    return { ...errand, key: keyOf(), cells: start(index + 1) - first, first, atOnce };
  });
}

/**
 * Plays a share of a game in this process.
 *
 * @param progress is kept up to date meanwhile
 * @param through called when all of its cells have come to their last step; their connections close when what it gives resolves
 * @throws CommandError, ProtocolError, or what a connection has failed with, if the game breaks off
 */
export async function playShare(
  share: Share,
  progress: Progress,
  through: () => Promise<void>,
): Promise<void> {
  const { game, size, key, steps, speed, patience } = share;
  const connect = connectTo(share.servers, (base) => viewUrl(base, share.name, "worker/"), {
    atOnce: share.atOnce,
    protocols: [STEPS_PROTOCOL],
  });
  const identity = { game, size, key };
  const run = new Run({ identity, connect, steps, pace: pace(speed), progress, patience });
  const crew = new Crew(share, run);
  try {
    await Promise.race([crew.broken, share.resume ? resume(share, crew, run) : begin(share, crew)]);
    await Promise.race([crew.broken, through()]);
  } finally {
    run.end();
  }
  await crew.gone();
}

/** Lives all cells, until all have come to their last step. */
async function begin({ first, cells, states }: Share, crew: Crew): Promise<void> {
  for (let cell = first; cell < first + cells; cell += 1) crew.take(cell, atStart(states?.[cell]));
  await crew.through();
  if (crew.size === 0) throw crew.refusal;
}
