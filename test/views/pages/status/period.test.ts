import { expect } from "chai";
import { agosOf, formatMarkBefore } from "../../../../views/pages/status/period.ts";

describe("agosOf", () => {
  it("marks ten minutes every two, and where there is little room every five", () => {
    const period = { end: 1_000, length: 600 };
    expect(agosOf(period, false)).to.deep.equal([600, 480, 360, 240, 120, 0]);
    expect(agosOf(period, true)).to.deep.equal([600, 300, 0]);
  });

  it("marks a minute every fifteen seconds, and where there is little room every thirty", () => {
    const period = { end: 1_000, length: 60 };
    expect(agosOf(period, false)).to.deep.equal([60, 45, 30, 15, 0]);
    expect(agosOf(period, true)).to.deep.equal([60, 30, 0]);
  });
});

describe("formatMarkBefore", () => {
  it("gives minutes, and seconds of what is no minute", () => {
    expect([0, 45, 60, 120].map(formatMarkBefore)).to.deep.equal(["now", "−45 s", "−1 min", "−2 min"]);
  });
});
