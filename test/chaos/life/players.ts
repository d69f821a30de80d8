import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf } from "../../support/children-of.ts";
import { type RunningCli, startCli } from "../../support/cli.ts";
import type { ClientEnd } from "./check.ts";
import { PROCESSES } from "./fault.ts";
import type { ChaosOptions } from "./plan.ts";
import { signal } from "./signal.ts";

/** The longest that a client plays, in milliseconds, should whoever started it die. */
const LIFE = 3_600_000;

/** How often to look whether another process has come, in milliseconds: nothing tells. */
const LOOK = 20;

/** The client: a command, and the processes that it has split the cells over. */
export class Players {
  readonly #cli: RunningCli;
  #end: ClientEnd;

  /** @param urls of the servers */
  constructor({ size, pattern, steps, speed, seed }: ChaosOptions, urls: readonly string[]) {
    const start = pattern === undefined ? ["--random", String(seed)] : ["--pattern", pattern];
    const options = Object.entries({ size, steps, speed, processes: PROCESSES });
    this.#cli = startCli(
      [
        "gameoflife",
        ...start,
        ...options.flatMap(([name, value]) => [`--${name}`, String(value)]),
        ...urls.flatMap((url) => ["--url", url]),
      ],
      { timeout: LIFE },
    );
    void this.#cli.outcome.then((outcome) => {
      this.#end = outcome;
    });
  }

  /** How the client ended; undefined as long as it has not. */
  get end(): ClientEnd {
    return this.#end;
  }

  /** Those of its processes that there are, the oldest first. */
  get processes(): number[] {
    return this.#end ? [] : childrenOf(this.#cli.process.pid);
  }

  /** Whether all of them are there. */
  get isComplete(): boolean {
    return this.processes.length === PROCESSES;
  }

  /** Kills one of the processes; resolves when the client has started another. */
  async kill(pid: number): Promise<void> {
    signal(pid, "SIGKILL");
    while (this.processes.includes(pid)) await sleep(LOOK);
    while (!this.#end && !this.isComplete) await sleep(LOOK);
  }

  /** Ends the client, whatever it does. */
  async close(): Promise<void> {
    // Its processes end with it; one that is stopped would not.
    for (const pid of this.processes) signal(pid, "SIGCONT");
    this.#cli.process.kill("SIGKILL");
    await this.#cli.outcome;
  }
}
