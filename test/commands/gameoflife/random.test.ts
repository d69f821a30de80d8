import { expect } from "chai";
import { randomSeed, randomStates, SEEDS } from "../../../commands/gameoflife/random.ts";

describe("randomStates", () => {
  it("gives the same states for the same seed", () => {
    expect(randomStates(50, 42)).to.deep.equal(randomStates(50, 42));
  });

  it("gives other states for another seed", () => {
    expect(randomStates(50, 42)).not.to.deep.equal(randomStates(50, 43));
  });

  it("gives the same states on every machine and in every version", () => {
    expect(randomStates(8, 42).join("")).to.equal(
      "0000100000100010001001010110011000001100101000010010000100011100",
    );
  });

  for (const seed of [0, 1, 42, SEEDS - 1]) {
    it(`makes one cell in four alive on average with the seed ${seed}`, () => {
      const alive = randomStates(1000, seed).reduce((sum, state) => sum + state, 0);
      // Four standard deviations of a million independent cells are 0.0017.
      expect(alive / 1_000_000).to.be.closeTo(0.25, 0.002);
    });
  }
});

describe("randomSeed", () => {
  it("gives an unsigned 32-bit integer", () => {
    const seed = randomSeed();
    expect(Number.isInteger(seed)).to.equal(true);
    expect(seed).to.be.within(0, SEEDS - 1);
  });
});
