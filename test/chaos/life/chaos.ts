import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadPattern } from "../../../commands/gameoflife/load-pattern.ts";
import { placePattern } from "../../../commands/gameoflife/pattern.ts";
import { type RunningCli, startCli } from "../../support/cli.ts";
import { generations, toGrid } from "../../support/reference-life.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { Check, type Finding } from "./check.ts";
import { type ChaosOptions, checkOptions, type Fault, planFaults } from "./plan.ts";
import { openSite, type Site } from "./site.ts";
import { strike } from "./strike.ts";
import { Watcher } from "./watcher.ts";

/** The longest that a run takes, in milliseconds, should a game never end. */
const LIFE = 3_600_000;

/** How long the game may stand still before it counts as stuck, in milliseconds: longer than anything takes to be noticed, and to come back. */
const STUCK = 90_000;

/** How often to look how far the game has come, in milliseconds. */
const LOOK = 10;

/** How a run goes. */
export interface Progress {
  /** What has happened by now. */
  readonly struck: readonly Fault[];
  /** The step that all cells have come to. */
  readonly step: number;
  /** How often a cell was seen at a step. */
  readonly seen: number;
  /** Connections that passed the proxies: of workers. */
  readonly connections: number;
  /** Connections of watchers. */
  readonly watched: number;
}

/** What came of a run. */
export interface Outcome extends Progress {
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

/**
 * Plays a game in two processes, on two servers that share a Redis, while all of them are killed and stopped, and connections are cut and
 * stalled; and holds all that is seen of it against the reference.
 *
 * @param watch told of how it goes, as soon as there is something to see
 * @throws RangeError for options that make no run
 * @throws Error if a server or Redis ends by itself, or does not start
 */
export async function chaos(options: ChaosOptions, watch?: (progress: Progress) => void): Promise<Outcome> {
  checkOptions(options);
  const states = placePattern(await loadPattern(options.pattern), options.size, true);
  const check = new Check(generations(toGrid(states, options.size), options.steps, true), 2);
  const directory = await mkdtemp(join(tmpdir(), "chaos-life-"));
  try {
    const site = await openSite(directory);
    try {
      return await new Chaos(options, site, check).run(watch);
    } finally {
      await site.end();
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

class Chaos implements Progress {
  readonly #options: ChaosOptions;
  readonly #site: Site;
  readonly #check: Check;
  readonly #watchers: readonly Watcher[];
  readonly struck: Fault[] = [];

  constructor(options: ChaosOptions, site: Site, check: Check) {
    this.#options = options;
    this.#site = site;
    this.#check = check;
    this.#watchers = site.servers.map(
      ({ url }, watcher) => new Watcher(url, options.size, (update) => check.see(watcher, update)),
    );
  }

  get step(): number {
    return this.#check.lowestStep;
  }

  get seen(): number {
    return this.#check.seen;
  }

  get connections(): number {
    return this.#site.proxies.reduce((sum, { accepted }) => sum + accepted, 0);
  }

  get watched(): number {
    return this.#watchers.reduce((sum, { connections }) => sum + connections, 0);
  }

  async run(watch?: (progress: Progress) => void): Promise<Outcome> {
    const began = performance.now();
    watch?.(this);
    const watching = this.#watchers.map((watcher) => watcher.watch());
    const game = this.#play();
    try {
      const ended = await Promise.race([game.outcome, this.#strikeAll(game).then(() => game.outcome)]);
      await this.#untilSeen();
      this.#check.close(ended);
    } finally {
      game.process.kill("SIGKILL");
      for (const watcher of this.#watchers) watcher.end();
      await Promise.all([...watching, game.outcome]);
    }
    const { struck, step, seen, connections, watched } = this;
    const seconds = (performance.now() - began) / 1000;
    return { struck, step, seen, connections, watched, seconds, findings: this.#check.findings };
  }

  #play(): RunningCli {
    const { size, pattern, steps, speed } = this.#options;
    const urls = this.#site.proxies.flatMap(({ port }) => ["--url", `ws://127.0.0.1:${port}`]);
    const args = ["--size", size, "--pattern", pattern, "--steps", steps, "--speed", speed].map(String);
    return startCli(["gameoflife", ...args, "--processes", "2", ...urls], { timeout: LIFE });
  }

  async #strikeAll(game: RunningCli): Promise<void> {
    for (const fault of planFaults(this.#options)) {
      await this.#untilStep(fault.step, game);
      this.struck.push(fault);
      await strike(fault, this.#site, game, this.#options);
    }
    await this.#untilStep(this.#options.steps, game);
  }

  /** Waits until all cells have come to a step; gives up, and ends the game, when none goes on. */
  async #untilStep(step: number, game: RunningCli): Promise<void> {
    let [lowest, since] = [this.step, performance.now()];
    while (lowest < step && game.process.exitCode === null) {
      if (performance.now() - since > STUCK) game.process.kill("SIGTERM");
      await sleep(LOOK);
      if (this.step > lowest) [lowest, since] = [this.step, performance.now()];
    }
  }

  /** Waits until both watchers have seen the last step, or will not. */
  async #untilSeen(): Promise<void> {
    const deadline = performance.now() + TIMEOUT;
    while (
      !this.#watchers.every((_, watcher) => this.#check.isThrough(watcher)) &&
      performance.now() < deadline
    )
      await sleep(LOOK);
  }
}
