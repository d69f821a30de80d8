import { cpus } from "node:os";
import type { Measurement } from "./measure-page.ts";

/** Says how evenly a page drew while a game was played. */
export function report({ size }: { readonly size: number }, { intervals, steps, work }: Measurement): string {
  const sorted = intervals.toSorted((a, b) => a - b);
  const seconds = intervals.reduce((sum, interval) => sum + interval, 0) / 1000;
  return [
    `${size}×${size} cells, ${(steps / seconds).toFixed(1)} steps a second, for ${seconds.toFixed(0)} s on ${cpus().length} cores`,
    `${(intervals.length / seconds).toFixed(1)} frames a second`,
    `from one frame to the next: p50 ${percentile(sorted, 50)} ms, p99 ${percentile(sorted, 99)} ms, at most ${percentile(sorted, 100)} ms`,
    `the page's main thread worked ${(work / seconds / 10).toFixed(0)} % of the time`,
  ].join("\n");
}

/** Of numbers in order: the least one that so many percent of them do not exceed. */
function percentile(sorted: readonly number[], percent: number): string {
  return (sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN).toFixed(1);
}
