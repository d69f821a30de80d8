import { expect } from "chai";
import { Stopwatch } from "../../../../commands/bench/life/stopwatch.ts";

describe("a stopwatch", () => {
  /** As workers do. */
  function tell(stopwatch: Stopwatch, updates: number): void {
    for (let i = 0; i < updates; i++) stopwatch.updates += 1;
  }

  it("runs from the end of the warm-up to that of the last step", () => {
    const stopwatch = new Stopwatch(4, { warmUp: 1, steps: 2 });
    tell(stopwatch, 7);
    const before = performance.now();
    tell(stopwatch, 1);
    const started = performance.now();
    while (performance.now() - started < 1);
    tell(stopwatch, 7);
    expect(stopwatch.seconds).to.be.NaN;
    tell(stopwatch, 1);
    expect(stopwatch.seconds).to.be.within(0.001, (performance.now() - before) / 1000);
    expect(stopwatch.updates).to.equal(16);
  });
});
