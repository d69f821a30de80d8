import { expect } from "chai";
import { ratios, summarize } from "../../../commands/bench/statistics.ts";

describe("summarize", () => {
  it("takes the run in the middle, however they are ordered", () => {
    const runs = [10, 9, 100, 11, 2];
    expect(summarize(runs)).to.deep.equal({ median: 10, min: 2, max: 100, runs });
  });

  it("takes the mean of the two in the middle", () => {
    expect(summarize([4, 1, 3, 100]).median).to.equal(3.5);
  });

  it("takes the only one there is", () => {
    expect(summarize([7])).to.deep.equal({ median: 7, min: 7, max: 7, runs: [7] });
  });

  it("refuses nothing at all", () => {
    expect(() => summarize([])).to.throw(RangeError);
  });
});

describe("ratios", () => {
  it("compares run by run, so that what slows a run slows neither side of its ratio", () => {
    const { median, runs } = ratios([200, 20, 220], [100, 10, 100]);
    expect(runs).to.deep.equal([2, 2, 2.2]);
    expect(median).to.equal(2);
  });
});
