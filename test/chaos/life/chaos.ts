import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadPattern } from "../../../commands/gameoflife/load-pattern.ts";
import { placePattern } from "../../../commands/gameoflife/pattern.ts";
import { randomStates } from "../../../commands/gameoflife/random.ts";
import { type Grid, generations, toGrid } from "../../support/reference-life.ts";
import { check, type Finding } from "./check.ts";
import type { Fault } from "./fault.ts";
import { Observer } from "./observer.ts";
import { type ChaosOptions, checkOptions, planMoments } from "./plan.ts";
import { Players } from "./players.ts";
import { openSite, type Site } from "./site.ts";
import { Striker, type Wait } from "./striker.ts";

/** For how many milliseconds a game may stand still: longer than any of the faults, and what all of them wait for. */
const PATIENCE = 90_000;

/** How often to look how far the game has come, in milliseconds. */
const LOOK = 10;

/** How a run goes. */
export interface Progress {
  /** How far the game has come, on each server; -1 while that is not known. */
  readonly steps: readonly number[];
  readonly struck: readonly Fault[];
}

/** What the watcher of a server saw. */
export interface View {
  /** States, of one for each cell and step. */
  readonly seen: number;
  /** How far all cells have come. */
  readonly step: number;
  /** How often it has connected again. */
  readonly reconnections: number;
}

/** What came of a run. */
export interface Outcome {
  readonly struck: readonly Fault[];
  /** By server. */
  readonly views: readonly View[];
  /** In seconds, from the start of the game to its end. */
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

/**
 * Lets a game be played on two servers, while they, the processes of its workers, and what they share fail and come back; then compares all
 * that watchers saw with the reference.
 *
 * @param watch told of how it goes, as soon as there is something to see
 * @throws RangeError for options that make no run
 * @throws Error if the pattern cannot be used, or a server ends by itself or does not start
 */
export async function chaos(options: ChaosOptions, watch?: (progress: Progress) => void): Promise<Outcome> {
  checkOptions(options);
  const reference = generations(await startOf(options), options.steps, true);
  const directory = await mkdtemp(join(tmpdir(), "chaos-"));
  try {
    const site = await openSite(directory);
    try {
      return await play(options, site, reference, watch);
    } finally {
      await site.close();
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function startOf({ size, pattern, seed }: ChaosOptions): Promise<Grid> {
  const states =
    pattern === undefined ? randomStates(size, seed) : placePattern(await loadPattern(pattern), size, true);
  return toGrid(states, size);
}

async function play(
  options: ChaosOptions,
  site: Site,
  reference: readonly Grid[],
  watch: (progress: Progress) => void = () => {},
): Promise<Outcome> {
  const observers = site.servers.map(({ url }) => new Observer(url, options.size));
  const players = new Players(options, site.urls);
  const begin = performance.now();
  const steps = () => observers.map(({ sightings }) => sightings.step);
  const wait = whileProgressing(() => Math.max(...observers.map(({ sightings }) => sightings.furthest)));
  const striker = new Striker({ site, players, steps, wait });
  watch({
    struck: striker.struck,
    get steps() {
      return steps();
    },
  });
  try {
    await striker.strike(planMoments(options));
    await wait(() => players.end !== undefined);
    const seconds = (performance.now() - begin) / 1000;
    await wait(() => players.end?.code !== 0 || steps().every((step) => step >= options.steps));
    const sightings = observers.map((observer) => observer.sightings);
    const findings = check({ reference, sightings, client: players.end });
    return { struck: striker.struck, views: observers.map(viewOf), seconds, findings };
  } finally {
    await players.close();
    await Promise.all(observers.map((observer) => observer.close()));
  }
}

/** Lets others wait as long as the game goes on now and then. */
function whileProgressing(furthest: () => number): Wait {
  let mark = furthest();
  let since = performance.now();
  return async function wait(condition) {
    while (!condition()) {
      if (furthest() > mark) [mark, since] = [furthest(), performance.now()];
      if (performance.now() - since > PATIENCE) return false;
      await sleep(LOOK);
    }
    return true;
  };
}

function viewOf({ sightings, connections }: Observer): View {
  return { seen: sightings.count, step: sightings.step, reconnections: connections - 1 };
}
