import { expect } from "chai";
import { Allowance } from "../../middleware/allowance.ts";

/** How many messages an allowance lets pass in a row at one moment. */
function takeAll(allowance: Allowance, now: number): number {
  let taken = 0;
  while (taken < 1000 && allowance.take(now)) taken += 1;
  return taken;
}

describe("Allowance", () => {
  it("lets a burst pass, and no more", () => {
    expect(takeAll(new Allowance(10, 5, 0), 0)).to.equal(5);
  });

  it("gives back so many a second", () => {
    const allowance = new Allowance(10, 5, 0);
    takeAll(allowance, 0);
    expect(takeAll(allowance, 99)).to.equal(0);
    expect(takeAll(allowance, 100)).to.equal(1);
    expect(takeAll(allowance, 400)).to.equal(3);
  });

  it("lets through for ever who keeps to the rate", () => {
    const allowance = new Allowance(8, 1, 0);
    for (let now = 0; now < 1_000_000; now += 125) expect(allowance.take(now)).to.equal(true);
  });

  it("saves up no more than a burst", () => {
    const allowance = new Allowance(10, 5, 0);
    expect(takeAll(allowance, 1_000_000)).to.equal(5);
  });

  it("counts what could have come while the connection was paused", () => {
    const allowance = new Allowance(10, 5, 0);
    expect(allowance.take(0)).to.equal(true);
    allowance.pause(0);
    allowance.resume(2000);
    expect(takeAll(allowance, 2000)).to.equal(4 + 20);
    expect(takeAll(allowance, 1_000_000)).to.equal(5);
  });

  it("keeps what came in during a pause until it is used", () => {
    const allowance = new Allowance(10, 5, 0);
    allowance.pause(0);
    allowance.resume(1000);
    expect(takeAll(allowance, 5000)).to.equal(15);
  });

  it("counts rates below one a second", () => {
    const allowance = new Allowance(0.5, 1, 0);
    expect([0, 1000, 2000, 3000, 4000].map((now) => allowance.take(now))).to.deep.equal([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
