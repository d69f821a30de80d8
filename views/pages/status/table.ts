import type { Sample } from "../../../handlers/status/protocol.ts";

/** The lines of a chart at one moment by their labels; undefined where a value is not known. */
export type Values = Readonly<Record<string, number | undefined>>;

/** The lines of a chart, as columns. */
export interface Table {
  /** In seconds since 1970, ascending. */
  readonly times: number[];
  readonly labels: readonly string[];
  /** Of each label its values at all times; null where none is known: there the line is interrupted. */
  readonly columns: (number | null)[][];
}

/** What is further from a moment does not tell of it, in seconds. */
const NEAR = 5;

/** From so many seconds between two samples on, nobody knows what was between. */
const GAP = 4;

/**
 * Makes columns of samples.
 *
 * @param samples ascending in time
 * @param valuesOf what a chart shows of one. A label that only others have was 0 at that moment
 */
export function tabulate(samples: readonly Sample[], valuesOf: (sample: Sample) => Values): Table {
  const rows = withGaps(samples.map((sample) => ({ time: sample.time, values: valuesOf(sample) })));
  const labels = [...new Set(rows.flatMap(({ values }) => Object.keys(values ?? {})))];
  return {
    times: rows.map(({ time }) => time),
    labels,
    columns: labels.map((label) => rows.map(({ values }) => valueAt(values, label))),
  };
}

/**
 * Puts the lines on top of one another, the first at the bottom: each value becomes the sum of itself and of all below. The highest
 * line comes first, as areas are to be painted. What stays 0 becomes null: its line would only hide the one that it lies on.
 */
export function stack({ times, labels, columns }: Table): Table {
  const sums = times.map(() => 0);
  const stacked = columns.map((column) =>
    column.map((value, row) => {
      if (value === null) return null;
      const sum = (sums[row] ?? 0) + value;
      sums[row] = sum;
      return value || column[row - 1] || column[row + 1] ? sum : null;
    }),
  );
  return { times, labels: labels.toReversed(), columns: stacked.toReversed() };
}

/** The row nearest to a time in seconds; undefined if none is near. */
export function rowAt({ times }: Table, time: number): number | undefined {
  const distanceOf = (row: number) => Math.abs((times[row] ?? Number.POSITIVE_INFINITY) - time);
  const after = times.findIndex((candidate) => candidate >= time);
  const before = (after === -1 ? times.length : after) - 1;
  const nearest = distanceOf(before) < distanceOf(after) ? before : after;
  return distanceOf(nearest) < NEAR ? nearest : undefined;
}

interface Row {
  readonly time: number;
  readonly values: Values | undefined;
}

/** A row without values between samples that do not follow on one another. */
function withGaps(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row, index) => {
    const last = rows[index - 1];
    if (!last || row.time - last.time < GAP) return [row];
    return [{ time: (last.time + row.time) / 2, values: undefined }, row];
  });
}

function valueAt(values: Values | undefined, label: string): number | null {
  if (!values) return null;
  return label in values ? (values[label] ?? null) : 0;
}
