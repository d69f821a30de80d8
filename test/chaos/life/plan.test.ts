import { expect } from "chai";
import { type ChaosOptions, checkOptions, FAULTS, planFaults } from "./plan.ts";

const OPTIONS: ChaosOptions = {
  size: 38,
  pattern: "gosper",
  steps: 500,
  speed: 50,
  faults: 24,
  pause: 5000,
  seed: 1,
};

describe("planFaults", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(planFaults(OPTIONS)).to.deep.equal(planFaults({ ...OPTIONS }));
    expect(planFaults(OPTIONS)).to.not.deep.equal(planFaults({ ...OPTIONS, seed: 2 }));
  });

  it("has each kind happen as often as each other", () => {
    for (let seed = 0; seed < 50; seed++) {
      const kinds = planFaults({ ...OPTIONS, seed }).map(({ kind }) => kind);
      for (const fault of FAULTS) expect(kinds.filter((kind) => kind === fault)).to.have.lengthOf(3);
    }
  });

  it("lets all cells go on between two faults, within the game", () => {
    for (let seed = 0; seed < 50; seed++) {
      const steps = planFaults({ ...OPTIONS, seed }).map(({ step }) => step);
      for (const [index, step] of steps.entries())
        expect(step).to.be.within(index === 0 ? 0 : (steps[index - 1] ?? 0) + 4, 500);
    }
  });

  it("plans none where there are to be none", () => {
    expect(planFaults({ ...OPTIONS, faults: 0 })).to.deep.equal([]);
  });
});

describe("checkOptions", () => {
  it("says which option makes no run", () => {
    checkOptions(OPTIONS);
    for (const [name, value] of [
      ["size", 0],
      ["steps", 1.5],
      ["speed", Number.NaN],
      ["faults", -1],
      ["pause", -1],
      ["seed", Number.NaN],
    ] as const)
      expect(() => checkOptions({ ...OPTIONS, [name]: value })).to.throw(RangeError, `--${name}`);
    expect(() => checkOptions({ ...OPTIONS, steps: 100 })).to.throw(RangeError, "use --steps 192 or more");
  });
});
