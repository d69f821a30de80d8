import { expect } from "chai";
import { percentile, ratios, summarize } from "../../../commands/bench/statistics.ts";

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

describe("percentile", () => {
  it("gives the least value that so many do not exceed", () => {
    const values = Array.from({ length: 50 }, (_, index) => 50 - index);
    expect([0, 0.5, 0.9, 0.98, 0.99, 1].map((part) => percentile(values, part))).to.deep.equal([
      1, 25, 45, 49, 50, 50,
    ]);
    expect(percentile([7], 0.5)).to.equal(7);
  });

  it("throws a RangeError where there is nothing", () => {
    expect(() => percentile([], 0.5)).to.throw(RangeError, "There is nothing to sum up");
  });
});
