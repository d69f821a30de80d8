import { format } from "./format.ts";
import type { Table } from "./table.ts";

/** Puts a chart in words, for who does not see it: of each line how it stands, and how high it has been. */
export function describe(title: string, { labels, columns }: Table, unit?: string): string {
  const lines = labels.map((label, index) => {
    const known = (columns[index] ?? []).filter((value) => value !== null);
    return `${label} ${format(known.at(-1), unit)}, at most ${format(maximum(known), unit)}`;
  });
  return `${title} in the last ten minutes: ${lines.length === 0 ? "none" : lines.join("; ")}`;
}

function maximum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((most, value) => Math.max(most, value));
}
