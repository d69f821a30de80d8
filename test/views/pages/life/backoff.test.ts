import { expect } from "chai";
import { createBackoff } from "../../../../views/pages/life/backoff.ts";

describe("createBackoff", () => {
  const times = (count: number, next: () => number) => Array.from({ length: count }, next);

  it("doubles up to the most", () => {
    const backoff = createBackoff({ first: 100, most: 1_000, random: () => 1 });
    expect(times(6, backoff.next)).to.deep.equal([100, 200, 400, 800, 1_000, 1_000]);
  });

  it("spreads each delay over the upper half of its bound", () => {
    const randoms = [0, 0.5, 0.999];
    const backoff = createBackoff({ first: 100, most: 100, random: () => randoms.shift() ?? 0 });
    const [least = 0, middle = 0, most = 0] = times(3, backoff.next);
    expect([least, middle]).to.deep.equal([50, 75]);
    expect(most).to.be.within(99, 100);
  });

  it("starts over after a reset", () => {
    const backoff = createBackoff({ first: 100, random: () => 1 });
    times(5, backoff.next);
    backoff.reset();
    expect(times(2, backoff.next)).to.deep.equal([100, 200]);
  });

  it("waits at least a quarter of a second and at most fifteen seconds unless told otherwise", () => {
    const backoff = createBackoff();
    const delays = times(20, backoff.next);
    expect(delays[0]).to.be.within(250, 500);
    expect(Math.max(...delays)).to.be.within(7_500, 15_000);
  });
});
