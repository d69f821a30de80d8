/** A moment of which something is known. */
export interface Timed {
  /** In milliseconds since 1970. */
  readonly time: number;
}

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

/** Samples further apart than this were not taken one after the other, in milliseconds. */
const MAX_STEP = 3_500;

/**
 * Makes columns of samples.
 *
 * @param samples ascending in time
 * @param valuesOf what a chart shows of one. A label that only others have was 0 at that moment
 */
export function tabulate<T extends Timed>(samples: readonly T[], valuesOf: (sample: T) => Values): Table {
  const rows = withGaps(samples.map((sample) => ({ time: sample.time, values: valuesOf(sample) })));
  const labels = [...new Set(rows.flatMap(({ values }) => Object.keys(values ?? {})))];
  return {
    times: rows.map(({ time }) => time / 1_000),
    labels,
    columns: labels.map((label) => rows.map(({ values }) => valueOf(values, label))),
  };
}

/**
 * Puts the lines on top of one another, the first at the top: each value becomes the sum of itself and of all below. What
 * is 0 becomes null: its line would only hide the one that it lies on.
 */
export function stack({ columns, ...table }: Table): Table {
  const sums = table.times.map(() => 0);
  const stacked = columns.toReversed().map((column) =>
    column.map((value, row) => {
      const sum = (sums[row] ?? 0) + (value ?? 0);
      sums[row] = sum;
      return value ? sum : null;
    }),
  );
  return { ...table, columns: stacked.toReversed() };
}

/** The row nearest to a time in seconds; undefined if there are none. */
export function rowAt({ times }: Table, time: number): number | undefined {
  const after = times.findIndex((candidate) => candidate >= time);
  if (after === -1) return times.length === 0 ? undefined : times.length - 1;
  const before = Math.max(after - 1, 0);
  return time - (times[before] ?? 0) < (times[after] ?? 0) - time ? before : after;
}

/** One row without values between samples that do not follow on one another. */
function withGaps(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row, index) => {
    const last = rows[index - 1];
    if (!last || row.time - last.time <= MAX_STEP) return [row];
    return [{ time: (last.time + row.time) / 2, values: undefined }, row];
  });
}

interface Row extends Timed {
  readonly values: Values | undefined;
}

function valueOf(values: Values | undefined, label: string): number | null {
  if (!values) return null;
  return label in values ? (values[label] ?? null) : 0;
}
