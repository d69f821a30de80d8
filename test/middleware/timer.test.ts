import { expect } from "chai";
import { MAX_DELAY, timerDelay } from "../../middleware/timer.ts";

describe("timerDelay", () => {
  it("gives what a timer can count as it is, and its longest delay for anything longer", () => {
    const delays = [0, 0.5, 1000, MAX_DELAY].map((milliseconds) => timerDelay("timeout", milliseconds));
    expect(delays).to.deep.equal([0, 0.5, 1000, MAX_DELAY]);
    expect(timerDelay("timeout", 3e9)).to.equal(MAX_DELAY);
    expect(timerDelay("timeout", Number.POSITIVE_INFINITY)).to.equal(MAX_DELAY);
  });

  it("throws a TypeError that names what is no number from 0", () => {
    for (const wrong of [-1, Number.NaN]) {
      expect(() => timerDelay("timeout", wrong)).to.throw(TypeError, `"timeout" has to be a number`);
    }
  });
});
