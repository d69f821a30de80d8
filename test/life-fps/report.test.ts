import { expect } from "chai";
import { report } from "./report.ts";

describe("the report of a page's frames", () => {
  it("says how many there were, how even, and what they cost", () => {
    const intervals = [...Array.from({ length: 98 }, () => 10), 20, 1000];
    const lines = report({ size: 3 }, { intervals, steps: 5, work: 200 }).split("\n");
    expect(lines[0]).to.match(/^3×3 cells, 2\.5 steps a second, for 2 s on \d+ cores$/);
    expect(lines.slice(1)).to.deep.equal([
      "50.0 frames a second",
      "from one frame to the next: p50 10.0 ms, p99 20.0 ms, at most 1000.0 ms",
      "the page's main thread worked 10 % of the time",
    ]);
  });
});
