import Table from "cli-table3";
import { formatDuration } from "../duration.ts";
import { latencyOf } from "../latency.ts";
import { latencyReport } from "../latency-report.ts";
import { failed, type Tally } from "./tally.ts";

/**
 * What `testecho` ends with: what came of the clients, and how long handshakes and echoes took.
 *
 * @param duration of all of it, in milliseconds
 */
export function report(tally: Tally, duration: number): string {
  const table = new Table({ style: { head: [], border: [] }, colAligns: ["left", "right"] });
  table.push(["connected", tally.connected], ["completed", tally.completed], ["failed", failed(tally)]);
  if (tally.returned > 0) table.push(["began anew after 1001", tally.returned]);
  for (const [cause, count] of mostFrequentFirst(tally.failures)) table.push([`  ${cause}`, count]);
  table.push(["took", formatDuration(duration)]);
  const latencies = latencyReport({
    handshake: latencyOf(tally.handshakes),
    echo: latencyOf(tally.echoes),
  });
  return `${table}\n${latencies}`;
}

/** Failures by cause. */
export function mostFrequentFirst(failures: ReadonlyMap<string, number>): [string, number][] {
  return [...failures].sort(([, a], [, b]) => b - a);
}
