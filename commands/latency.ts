import type { RecordableHistogram } from "node:perf_hooks";
import { type Bucket, distribution } from "./distribution.ts";

/** How long things of one kind took, in milliseconds. */
export interface Latency {
  /** How many there were. */
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** How many took how long, from the quickest to the slowest. */
  readonly histogram: readonly Bucket[];
}

const MICROSECONDS = 1000;

/** Records how long something took. A histogram holds integers from 1: microseconds. */
export function recordLatency(histogram: RecordableHistogram, milliseconds: number): void {
  histogram.record(Math.max(1, Math.round(milliseconds * MICROSECONDS)));
}

/** What a histogram of {@link recordLatency} came to, three digits of each figure being known; null if it is empty. */
export function latencyOf(histogram: RecordableHistogram): Latency | null {
  if (histogram.count === 0) return null;
  const percentile = (percent: number) => histogram.percentile(percent) / MICROSECONDS;
  return {
    count: histogram.count,
    min: histogram.min / MICROSECONDS,
    mean: Math.round(histogram.mean) / MICROSECONDS,
    p50: percentile(50),
    p90: percentile(90),
    p99: percentile(99),
    p999: percentile(99.9),
    max: histogram.max / MICROSECONDS,
    histogram: distribution(histogram, MICROSECONDS),
  };
}
