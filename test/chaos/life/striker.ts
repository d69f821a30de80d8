import { setTimeout as sleep } from "node:timers/promises";
import type { Victim } from "../victims/victim.ts";
import { type Fault, isKillOfState, victimOf } from "./fault.ts";
import type { Moment } from "./plan.ts";
import type { Players } from "./players.ts";
import { pause } from "./signal.ts";
import type { Site } from "./site.ts";

/** Waits for something to become true; false if there is no hope of it any more. */
export type Wait = (condition: () => boolean) => Promise<boolean>;

/** What strikes as planned. */
export interface StrikerOptions {
  readonly site: Site;
  readonly players: Players;
  /** How far the game has come on each server. */
  readonly steps: () => readonly number[];
  readonly wait: Wait;
}

/** Lets things fail, and sees to it that what failed comes back. */
export class Striker {
  readonly struck: Fault[] = [];
  readonly #options: StrikerOptions;
  /** What is not back yet, by what was struck. */
  readonly #away = new Map<string, Promise<void>>();

  constructor(options: StrikerOptions) {
    this.#options = options;
  }

  /**
   * Strikes at each of the moments, in order; resolves when all is back, or there is nothing to be struck any more.
   *
   * @throws Error, as a rejection, if a server has ended by itself, or does not start
   */
  async strike(moments: readonly Moment[]): Promise<void> {
    const { wait, players } = this.#options;
    for (const moment of moments) {
      await Promise.all(moment.faults.map((fault) => this.#away.get(victimOf(fault))));
      if (!(await wait(() => players.end !== undefined || this.#isDue(moment))) || players.end) break;
      const { processes } = players;
      for (const fault of moment.faults) this.#begin(fault, processes);
    }
    await Promise.all(this.#away.values());
  }

  /**
   * A process that is killed takes with it what it knows. So the game has to have come as far on every server by then: those
   * that were killed before it are back, and know all cells, and what is killed now is known to another, or to the workers. Where two
   * servers and a process of the client are gone at once nobody could go on: see {@link isBearable}.
   */
  #isDue({ step, faults }: Moment): boolean {
    const { players } = this.#options;
    if (faults.some(({ victim }) => victim === "client") && !players.isComplete) return false;
    const steps = this.#options.steps();
    const hasCome = (reached: number): boolean => reached >= step;
    return faults.some(isKillOfState) ? steps.every(hasCome) : steps.some(hasCome);
  }

  #begin(fault: Fault, processes: readonly number[]): void {
    this.struck.push(fault);
    const back = fault.victim === "client" ? this.#endureProcess(fault, processes) : this.#endure(fault);
    // It is for whoever waits for it.
    back.catch(() => {});
    this.#away.set(victimOf(fault), back);
  }

  async #endure({ action, victim, index, lasts }: Fault): Promise<void> {
    const { links, redis, servers } = this.#options.site;
    if (victim === "link") links[index]?.[action === "stall" ? "stall" : "cut"]();
    else await endure(victim === "redis" ? redis : servers[index], action, lasts);
  }

  async #endureProcess({ action, index, lasts }: Fault, processes: readonly number[]): Promise<void> {
    const pid = processes[index];
    if (pid !== undefined) await (action === "kill" ? this.#options.players.kill(pid) : pause(pid, lasts));
  }
}

async function endure(victim: Victim | undefined, action: Fault["action"], lasts: number): Promise<void> {
  if (!victim?.pid) return;
  if (action === "stop") return pause(victim.pid, lasts);
  await victim.kill();
  await sleep(lasts);
  await victim.start();
}
