import { mulberry32 } from "../../../commands/gameoflife/random.ts";
import { type Fault, isKillOfState, KINDS, type Kind, SERVERS, sizeOf, victimOf } from "./fault.ts";

/** What a run does. All of it follows from the seed, but for what the machine makes of it. */
export interface ChaosOptions {
  /** The side of the grid, in cells. */
  readonly size: number;
  /** What the game begins with: a file, or a name in `patterns/`; without it, one cell in four, by the seed. */
  readonly pattern?: string | undefined;
  /** The step that the game ends after. */
  readonly steps: number;
  /** Steps per second, at most. */
  readonly speed: number;
  /** How often something fails meanwhile. */
  readonly faults: number;
  /** For how many milliseconds a process stands still that is stopped. */
  readonly pause: number;
  readonly seed: number;
}

/** What fails at one moment. */
export interface Moment {
  /** The game has come so far. */
  readonly step: number;
  readonly faults: readonly Fault[];
}

/** Behind this part of the game nothing fails: what is struck last has to be back before the game is over. */
const LAST = 0.8;

/** How many faults, of all, strike together with the one before, where that can be borne. */
const TOGETHER = 0.5;

/** The longest that nobody starts again what was killed, in milliseconds. */
const MOST_AWAY = 2_000;

/** @throws RangeError that says what to do about options that make no run */
export function checkOptions({ size, steps, speed, faults, pause, seed }: ChaosOptions): void {
  for (const [name, value] of Object.entries({ size, steps })) checkInteger(name, value, 2);
  for (const [name, value] of Object.entries({ faults, pause, seed })) checkInteger(name, value, 0);
  if (!(speed > 0)) throw new RangeError("--speed has to be a number above 0");
}

function checkInteger(name: string, value: number, from: number): void {
  if (Number.isSafeInteger(value) && value >= from) return;
  throw new RangeError(`--${name} has to be an integer from ${from}`);
}

/** What fails when: at random steps, in order. Each kind comes as often as the others, give or take one. */
export function planMoments({ steps, faults, pause, seed }: ChaosOptions): Moment[] {
  const random = mulberry32(seed);
  const moments = Array.from({ length: faults }, () => 1 + Math.floor(LAST * steps * random()));
  moments.sort((a, b) => a - b);
  const plan: { step: number; faults: Fault[] }[] = [];
  for (const [index, kind] of deal(faults, random).entries()) {
    const fault = planFault(kind, pause, random);
    const last = plan.at(-1);
    if (random() < TOGETHER && last && isBearable([...last.faults, fault])) last.faults.push(fault);
    else plan.push({ step: moments[index] ?? steps, faults: [fault] });
  }
  return plan;
}

/**
 * Whether nothing is lost by all of these faults together. A process that is killed takes with it what it knows, and what is known of a cell
 * is with the servers and the process that lives it: when all of those are gone in one moment, nobody can say how far it has come.
 */
export function isBearable(faults: readonly Fault[]): boolean {
  if (new Set(faults.map(victimOf)).size < faults.length) return false;
  const killed = faults.filter(isKillOfState).map(({ victim }) => victim);
  const servers = killed.filter((victim) => victim === "server").length;
  return servers < SERVERS || killed.length === servers;
}

function planFault(kind: Kind, pause: number, random: () => number): Fault {
  const index = Math.floor(sizeOf(kind.victim) * random());
  const lasts = { kill: MOST_AWAY * random(), stop: pause, cut: 0, stall: 0 }[kind.action];
  return { ...kind, index, lasts };
}

/** So many kinds in a random order: at random alone, twenty could leave one out. */
function deal(count: number, random: () => number): Kind[] {
  const first = Math.floor(KINDS.length * random());
  const around = [...KINDS.slice(first), ...KINDS.slice(0, first)];
  const left = Array.from({ length: Math.ceil(count / KINDS.length) }, () => around)
    .flat()
    .slice(0, count);
  return Array.from({ length: count }, () => left.splice(Math.floor(left.length * random()), 1)).flat();
}
