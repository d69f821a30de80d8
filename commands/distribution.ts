import type { Histogram } from "node:perf_hooks";

/** The values up to a bound, above the bound before it. */
export interface Bucket {
  readonly upTo: number;
  readonly count: number;
}

/** Node's histogram rounds a value up by less than this, as part of it. */
const PRECISION = 0.001;

/**
 * Counts a histogram's values between 1, 2, 5, 10, 20, 50 and so on, and below 1 likewise: from the bucket of the least one
 * to that of the greatest, those between them that are empty too.
 *
 * @param unit how many of the histogram's units make one of the bounds'
 */
export function distribution(histogram: Histogram, unit: number): Bucket[] {
  if (histogram.count === 0) return [];
  const buckets: Bucket[] = [];
  for (let index = firstBound(histogram.min / unit), before = 0; before < histogram.count; index++) {
    const upTo = bound(index);
    const counted = countUpTo(histogram, upTo * unit);
    if (counted > 0) buckets.push({ upTo, count: counted - before });
    before = counted;
  }
  return buckets;
}

/** The index of a bound that is not above the value. */
function firstBound(value: number): number {
  return Math.floor(Math.log10(value)) * 3;
}

/** 1, 2, 5, 10 … from index 0 on, 0.5, 0.2, 0.1 … before it. */
function bound(index: number): number {
  const decade = Math.floor(index / 3);
  const digit = [1, 2, 5][index - decade * 3] ?? 1;
  // Unlike a product, text in decimal is what it says.
  return Number(`${digit}e${decade}`);
}

/** A histogram tells which value has a rank, not which rank a value has: hence the search. */
function countUpTo(histogram: Histogram, value: number): number {
  let [low, high] = [0, histogram.count];
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    if (histogram.percentile((100 * rank) / histogram.count) <= value * (1 + PRECISION)) low = rank;
    else high = rank - 1;
  }
  return low;
}
