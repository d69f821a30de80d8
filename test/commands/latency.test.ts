import { createHistogram } from "node:perf_hooks";
import { expect } from "chai";
import { latencyOf, recordLatency } from "../../commands/latency.ts";

describe("recordLatency", () => {
  it("keeps microseconds", () => {
    const histogram = createHistogram();
    recordLatency(histogram, 1.5);
    expect(histogram.max).to.equal(1500);
  });

  it("counts one that rounds to nothing as one microsecond", () => {
    const histogram = createHistogram();
    recordLatency(histogram, 0);
    expect(histogram).to.include({ count: 1, max: 1 });
  });
});

describe("latencyOf", () => {
  it("is null where nothing happened", () => {
    expect(latencyOf(createHistogram())).to.equal(null);
  });

  it("tells in milliseconds, to three digits, what a thousand took", () => {
    const histogram = createHistogram();
    for (let milliseconds = 1; milliseconds <= 1000; milliseconds++) recordLatency(histogram, milliseconds);
    const latency = latencyOf(histogram);
    for (const [name, expected] of [
      ["min", 1],
      ["mean", 500.5],
      ["p50", 500],
      ["p90", 900],
      ["p99", 990],
      ["p999", 999],
      ["max", 1000],
    ] as const) {
      expect(latency?.[name], name).to.be.closeTo(expected, expected / 1000);
    }
    expect(latency).to.include({ count: 1000 });
  });
});
