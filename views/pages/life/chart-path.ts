import type { Count } from "./history.ts";

/** A point of a chart: from the left and from the top, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Returns where the counts of a history are in a chart of which the lower edge is 0 and the upper one the greatest of them. */
export function pointsOf(counts: readonly Count[], width: number, height: number): Point[] {
  const first = counts.at(0)?.step ?? 0;
  const steps = Math.max(1, (counts.at(-1)?.step ?? 0) - first);
  const most = Math.max(1, greatest(counts));
  return counts.map(({ step, population }) => ({
    x: ((step - first) / steps) * width,
    y: height - (population / most) * height,
  }));
}

/** Returns the greatest population of a history; 0 if there is none. */
export function greatest(counts: readonly Count[]): number {
  return counts.reduce((most, { population }) => Math.max(most, population), 0);
}

/** Says in words what a chart shows; undefined where that is nothing. */
export function describeCounts(counts: readonly Count[]): string | undefined {
  const [first, last] = [counts.at(0), counts.at(-1)];
  if (!first || !last) return undefined;
  const least = counts.reduce((least, { population }) => Math.min(least, population), first.population);
  return (
    `Live cells from step ${first.step} to step ${last.step}: ${first.population} at first, ${last.population} now, ` +
    `${least} at least, ${greatest(counts)} at most`
  );
}
