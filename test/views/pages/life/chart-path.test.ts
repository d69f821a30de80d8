import { expect } from "chai";
import { describeCounts, greatest, pointsOf } from "../../../../views/pages/life/chart-path.ts";

const COUNTS = [
  { step: 10, population: 5 },
  { step: 15, population: 20 },
  { step: 30, population: 10 },
];

describe("pointsOf", () => {
  it("goes from the first step to the last, and from 0 to the greatest population", () => {
    expect(pointsOf(COUNTS, 200, 100)).to.deep.equal([
      { x: 0, y: 75 },
      { x: 50, y: 0 },
      { x: 200, y: 50 },
    ]);
  });

  it("lies on the ground where nothing lives", () => {
    const dead = [0, 1].map((step) => ({ step, population: 0 }));
    expect(pointsOf(dead, 200, 100)).to.deep.equal([
      { x: 0, y: 100 },
      { x: 200, y: 100 },
    ]);
  });

  it("has no point without a count", () => {
    expect(pointsOf([], 200, 100)).to.deep.equal([]);
  });
});

describe("greatest", () => {
  it("is the greatest population, or 0", () => {
    expect(greatest(COUNTS)).to.equal(20);
    expect(greatest([])).to.equal(0);
  });
});

describe("describeCounts", () => {
  it("says in words how the population went", () => {
    expect(describeCounts(COUNTS)).to.equal(
      "Live cells from step 10 to step 30: 5 at first, 10 now, 5 at least, 20 at most",
    );
  });

  it("says nothing of nothing", () => {
    expect(describeCounts([])).to.equal(undefined);
  });
});
