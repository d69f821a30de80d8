import { expect } from "chai";
import { createRate } from "../../../../views/pages/life/rate.ts";

describe("createRate", () => {
  it("is 0 until two steps were seen", () => {
    const rate = createRate();
    expect(rate.perSecond(0)).to.equal(0);
    rate.mark(0, 0);
    expect(rate.perSecond(500)).to.equal(0);
    rate.mark(1, 1_000);
    expect(rate.perSecond(1_000)).to.equal(1);
  });

  it("counts steps, not frames", () => {
    const rate = createRate();
    for (const time of [0, 10, 20]) rate.mark(7, time);
    for (const time of [100, 110]) rate.mark(9, time);
    expect(rate.perSecond(120)).to.equal(20);
  });

  it("looks back no further than its window", () => {
    const rate = createRate(1_000);
    for (let step = 0; step <= 10; step++) rate.mark(step, step * 1_000);
    for (let step = 11; step <= 30; step++) rate.mark(step, 10_000 + (step - 10) * 100);
    expect(rate.perSecond(12_000)).to.equal(10);
  });

  it("falls to 0 when the game stands still", () => {
    const rate = createRate(1_000);
    rate.mark(1, 0);
    rate.mark(2, 100);
    expect(rate.perSecond(1_200)).to.equal(0);
  });

  it("starts over with a new game", () => {
    const rate = createRate();
    rate.mark(99, 0);
    rate.mark(100, 100);
    rate.mark(0, 1_000);
    expect(rate.perSecond(1_000)).to.equal(0);
    rate.mark(1, 1_500);
    expect(rate.perSecond(1_500)).to.equal(2);
  });

  it("stays finite when steps come in the same moment", () => {
    const rate = createRate();
    rate.mark(1, 0);
    rate.mark(2, 0);
    expect(rate.perSecond(0)).to.equal(0);
  });
});
