import { mulberry32 } from "../../../commands/gameoflife/random.ts";

/** What a run does. All of it follows from the seed, but for what the machine makes of it. */
export interface ChaosOptions {
  /** The side of the grid, in cells. */
  readonly size: number;
  /** A file, or a name in `patterns/`. */
  readonly pattern: string;
  /** The step to end after. */
  readonly steps: number;
  /** Steps per second, at most. */
  readonly speed: number;
  readonly faults: number;
  /** For how many milliseconds a process is stopped that is not killed. */
  readonly pause: number;
  readonly seed: number;
}

/** What can happen: a process is killed, or stopped for a while; connections are cut, or stalled without a word. */
export const FAULTS = [
  "kill a server",
  "kill a client",
  "kill Redis",
  "stop a server",
  "stop a client",
  "stop Redis",
  "cut connections",
  "stall connections",
] as const;

export type FaultKind = (typeof FAULTS)[number];

/** One fault. */
export interface Fault {
  readonly kind: FaultKind;
  /** It happens when all cells have come to this step. */
  readonly step: number;
  /** Which of two servers, clients or proxies. */
  readonly victim: 0 | 1;
  /** For how many milliseconds what was killed is away, beside what its start takes. */
  readonly away: number;
}

/** The longest that what was killed is away, in milliseconds. */
const MOST_AWAY = 400;

/** How many steps there have to be for each fault, so that the game has gone on before the next one. */
const STEPS_A_FAULT = 8;

/** @throws RangeError that says what to do about options that make no run */
export function checkOptions({ size, steps, speed, faults, pause, seed }: ChaosOptions): void {
  for (const [name, value] of Object.entries({ size, steps, speed })) checkInteger(name, value, 1);
  for (const [name, value] of Object.entries({ faults, pause, seed })) checkInteger(name, value, 0);
  if (steps < faults * STEPS_A_FAULT)
    throw new RangeError(`${faults} faults need more steps: use --steps ${faults * STEPS_A_FAULT} or more`);
}

function checkInteger(name: string, value: number, from: number): void {
  if (Number.isSafeInteger(value) && value >= from) return;
  throw new RangeError(`--${name} has to be an integer from ${from}`);
}

/**
 * What happens when. Each fault has a part of the game to itself, and happens at random in the first half of that: all cells have
 * gone on before the next one, so that all workers were back. Were all servers lost together with a cell's worker, nobody would know
 * any more how far the cell had come.
 *
 * Each kind happens as often as each other, as far as that goes: at random, twenty faults could leave one out.
 */
export function planFaults({ steps, faults, seed }: ChaosOptions): Fault[] {
  const random = mulberry32(seed);
  const kinds = shuffled(
    Array.from({ length: faults }, (_, index) => FAULTS[index % FAULTS.length] ?? FAULTS[0]),
    random,
  );
  const part = steps / Math.max(1, faults);
  return kinds.map((kind, index) => ({
    kind,
    step: Math.floor(part * (index + random() / 2)),
    victim: random() < 0.5 ? 0 : 1,
    away: Math.floor(MOST_AWAY * random()),
  }));
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
