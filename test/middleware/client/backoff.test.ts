import { expect } from "chai";
import { backoff } from "../../../middleware/client/backoff.ts";

describe("backoff", () => {
  it("doubles with each failure, up to the most", () => {
    const delays = [0, 1, 2, 3, 4, 5, 5_000].map((failures) => backoff(failures, 100, 1_000, 1));
    expect(delays).to.deep.equal([100, 200, 400, 800, 1_000, 1_000, 1_000]);
  });

  it("never exceeds the most, not even at first", () => {
    expect(backoff(0, 500, 100, 1)).to.equal(100);
  });

  it("spreads each delay over the upper half of its bound", () => {
    expect(backoff(0, 100, 100, 0)).to.equal(50);
    expect(backoff(0, 100, 100, 0.5)).to.equal(75);
    expect(backoff(0, 100, 100, 0.999)).to.be.within(99, 100);
  });

  it("leaves it to chance where in there", () => {
    const delays = Array.from({ length: 20 }, () => backoff(1, 100, 1_000));
    for (const delay of delays) expect(delay).to.be.within(100, 200);
    expect(new Set(delays).size).to.be.above(1);
  });
});
