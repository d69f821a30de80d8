import Table from "cli-table3";
import type { Latency } from "./latency.ts";

/** What took how long; null for what never happened. */
export type Latencies = Readonly<Record<string, Latency | null>>;

/** How long the longest bar is, in characters. */
const BAR_WIDTH = 40;

/** A block of so many eighths of a character. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A table of percentiles, and below it a histogram of each kind that has happened. */
export function latencyReport(latencies: Latencies): string {
  return [percentileTable(latencies), ...Object.entries(latencies).flatMap(histogram)].join("\n");
}

function percentileTable(latencies: Latencies): string {
  const head = ["milliseconds", "count", "p50", "p90", "p99", "p99.9", "max"];
  const colAligns = head.map((_, column) => (column === 0 ? ("left" as const) : ("right" as const)));
  const table = new Table({ head, style: { head: [], border: [] }, colAligns });
  for (const [name, latency] of Object.entries(latencies)) table.push([name, ...cells(latency)]);
  return table.toString();
}

function cells(latency: Latency | null): string[] {
  if (latency === null) return ["0", ...Array<string>(5).fill("–")];
  const { count, p50, p90, p99, p999, max } = latency;
  return [String(count), ...[p50, p90, p99, p999, max].map((milliseconds) => milliseconds.toFixed(1))];
}

function histogram([name, latency]: [string, Latency | null]): string[] {
  if (latency === null) return [];
  const buckets = latency.histogram;
  const most = Math.max(...buckets.map(({ count }) => count));
  const width = Math.max(...buckets.map(({ upTo }) => String(upTo).length));
  const lines = buckets.map(({ upTo, count }) => {
    return `  ≤ ${String(upTo).padStart(width)} ms  ${bar(count / most)} ${count}`;
  });
  return ["", name, ...lines];
}

/** What there is at all is seen. */
function bar(share: number): string {
  const eighths = Math.ceil(share * BAR_WIDTH * 8);
  return "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
