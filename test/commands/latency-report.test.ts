import { createHistogram } from "node:perf_hooks";
import { expect } from "chai";
import { latencyOf, recordLatency } from "../../commands/latency.ts";
import { latencyReport } from "../../commands/latency-report.ts";

function latency(counts: Readonly<Record<number, number>>) {
  const histogram = createHistogram();
  for (const [milliseconds, count] of Object.entries(counts)) {
    for (let i = 0; i < count; i++) recordLatency(histogram, Number(milliseconds));
  }
  return latencyOf(histogram);
}

describe("latencyReport", () => {
  it("shows percentiles of each kind, then how many took how long", () => {
    expect(latencyReport({ handshake: null, echo: latency({ 1: 80, 1.5: 19, 30: 1 }) })).to.equal(
      [
        "┌──────────────┬───────┬─────┬─────┬─────┬───────┬──────┐",
        "│ milliseconds │ count │ p50 │ p90 │ p99 │ p99.9 │  max │",
        "├──────────────┼───────┼─────┼─────┼─────┼───────┼──────┤",
        "│ handshake    │     0 │   – │   – │   – │     – │    – │",
        "├──────────────┼───────┼─────┼─────┼─────┼───────┼──────┤",
        "│ echo         │   100 │ 1.0 │ 1.5 │ 1.5 │  30.0 │ 30.0 │",
        "└──────────────┴───────┴─────┴─────┴─────┴───────┴──────┘",
        "",
        "echo",
        "  ≤  1 ms  ████████████████████████████████████████ 80",
        "  ≤  2 ms  █████████▌ 19",
        "  ≤  5 ms   0",
        "  ≤ 10 ms   0",
        "  ≤ 20 ms   0",
        "  ≤ 50 ms  ▌ 1",
      ].join("\n"),
    );
  });

  it("lets one in a million be seen", () => {
    expect(latencyReport({ echo: latency({ 1: 100_000, 3: 1 }) })).to.match(/^ {2}≤ 5 ms {2}▏ 1$/m);
  });
});
