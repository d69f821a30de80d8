import type { RecordableHistogram } from "node:perf_hooks";
import Table from "cli-table3";
import { failed, type Tally } from "./tally.ts";

/** The table that `testecho` ends with: what came of the clients, and how long handshakes and echoes took. */
export function report(tally: Tally): string {
  const table = new Table({ style: { head: [], border: [] }, colAligns: ["left", "right"] });
  table.push(["connected", tally.connected], ["completed", tally.completed], ["failed", failed(tally)]);
  if (tally.returned > 0) table.push(["began anew after 1001", tally.returned]);
  for (const [cause, count] of mostFrequentFirst(tally.failures)) table.push([`  ${cause}`, count]);
  table.push(["handshake p50 / p99 / max", latency(tally.handshakes)]);
  table.push(["echo p50 / p99 / max", latency(tally.echoes)]);
  return table.toString();
}

function mostFrequentFirst(failures: ReadonlyMap<string, number>): [string, number][] {
  return [...failures].sort(([, a], [, b]) => b - a);
}

function latency(histogram: RecordableHistogram): string {
  if (histogram.count === 0) return "none";
  const values = [histogram.percentile(50), histogram.percentile(99), histogram.max];
  return `${values.map((microseconds) => (microseconds / 1000).toFixed(1)).join(" / ")} ms`;
}
