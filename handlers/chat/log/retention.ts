/** What a log keeps, and for how long. */
export interface RetentionOptions {
  /** How many entries of a room are kept. Default: 10,000. */
  readonly maxEntries?: number | undefined;
  /** For how long an entry is kept, in milliseconds. Default: a year. */
  readonly maxAge?: number | undefined;
  /** From one trimming to the next, in milliseconds; until then more is kept. Default: a minute. */
  readonly trimInterval?: number | undefined;
  /** The clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** The same, in whole numbers. */
export interface Retention {
  readonly maxEntries: number;
  readonly maxAge: number;
  readonly trimInterval: number;
  now(): number;
}

const YEAR = 365 * 24 * 3600 * 1000;

/** The longest delay of a timer of Node, in milliseconds: a longer one would end at once. */
const MAX_DELAY = 2 ** 31 - 1;

/** @throws TypeError for an option that is none */
export function retention({
  maxEntries = 10_000,
  maxAge = YEAR,
  trimInterval = 60_000,
  now = Date.now,
}: RetentionOptions): Retention {
  checkDelay("trimInterval", trimInterval);
  return {
    maxEntries: positive("maxEntries", maxEntries),
    maxAge: positive("maxAge", maxAge),
    trimInterval,
    now: () => Math.floor(now()),
  };
}

/** @throws TypeError for anything but a number of milliseconds that a timer can count */
export function checkDelay(name: string, milliseconds: number): void {
  if (milliseconds >= 1 && milliseconds <= MAX_DELAY) return;
  throw new TypeError(`"${name}" has to be from 1 to ${MAX_DELAY} milliseconds, not ${String(milliseconds)}`);
}

/** A whole number; Infinity, for what is kept for good, becomes the largest. */
function positive(name: string, value: number): number {
  if (value >= 1) return Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER));
  throw new TypeError(`"${name}" has to be a number from 1, not ${String(value)}`);
}
