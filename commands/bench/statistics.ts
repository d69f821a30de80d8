/** What several runs came to. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** The figure of each run, in their order. */
  readonly runs: readonly number[];
}

/**
 * Sums several runs up.
 *
 * @throws RangeError if there are none
 */
export function summarize(runs: readonly number[]): Summary {
  const sorted = runs.toSorted((a, b) => a - b);
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError("There is nothing to sum up");
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? min;
  const high = sorted[Math.ceil(middle)] ?? max;
  return { median: (low + high) / 2, min, max, runs };
}

/** Compares run by run: what slows the machine for a while slows both sides of a ratio. */
export function ratios(runs: readonly number[], baseline: readonly number[]): Summary {
  return summarize(runs.map((value, index) => value / (baseline[index] ?? Number.NaN)));
}

/**
 * The least of the values that so large a part of them does not exceed: with 0.99 the 99th percentile, by the nearest rank.
 *
 * @param part from 0 to 1
 * @throws RangeError if there are none
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new RangeError("There is nothing to sum up");
  return value;
}
