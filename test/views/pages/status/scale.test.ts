import { expect } from "chai";
import { marks, powersOfTen } from "../../../../views/pages/status/scale.ts";

describe("marks", () => {
  it("are round numbers from 0 to the least that holds the largest value", () => {
    expect(marks(9_800)).to.deep.equal([0, 2_500, 5_000, 7_500, 10_000]);
    expect(marks(4.2)).to.deep.equal([0, 2, 4, 6]);
    expect(marks(0.013)).to.deep.equal([0, 0.005, 0.01, 0.015]);
    expect(marks(10_001)).to.deep.equal([0, 5_000, 10_000, 15_000]);
  });

  it("end at the largest value where that is round itself", () => {
    for (const max of [1, 10, 20, 0.3, 10_000, 1e9]) expect(marks(max).at(-1), String(max)).to.equal(max);
  });

  it("are no more than asked for, and the 0", () => {
    for (let max = 0.001; max < 1e12; max *= 1.37) {
      expect(marks(max).length, String(max)).to.be.within(2, 5);
      expect(marks(max).at(-1), String(max)).to.be.at.least(max * (1 - 1e-9));
      expect(marks(max, 2).length, String(max)).to.be.within(2, 3);
    }
  });

  it("stay the same where they end at the largest value", () => {
    for (let max = 1; max < 1e12; max *= 1.11) {
      for (const isWhole of [false, true]) {
        const all = marks(max, 5, isWhole);
        expect(marks(all.at(-1) ?? 0, 5, isWhole), String(max)).to.deep.equal(all);
      }
    }
  });

  it("are whole where only those have a meaning", () => {
    for (let max = 1; max < 300; max++)
      for (const mark of marks(max, 4, true))
        expect(Number.isInteger(mark), `${mark} of ${max}`).to.equal(true);
    expect(marks(1, 4, true)).to.deep.equal([0, 1]);
    expect(marks(3, 4, true)).to.deep.equal([0, 1, 2, 3]);
  });

  it("make a scale even of nothing", () => {
    expect(marks(0).length).to.be.at.least(2);
  });
});

describe("powersOfTen", () => {
  it("go from below the smallest value to above the largest", () => {
    expect(powersOfTen(15_000, 3e6)).to.deep.equal([1e4, 1e5, 1e6, 1e7]);
    expect(powersOfTen(0.02, 0.9)).to.deep.equal([0.01, 0.1, 1]);
  });

  it("begin and end at values that are powers themselves", () => {
    expect(powersOfTen(1_000, 1e6)).to.deep.equal([1e3, 1e4, 1e5, 1e6]);
  });

  it("are two at least", () => {
    expect(powersOfTen(100, 100)).to.deep.equal([100, 1_000]);
    expect(powersOfTen(200, 300)).to.deep.equal([100, 1_000]);
  });
});
