import { expect } from "chai";
import { type Pace, pace } from "../../../commands/gameoflife/pace.ts";

/** Takes the steps from `first` to `last`, and tells how many milliseconds that took. */
async function take(mayTake: Pace, first: number, last: number): Promise<number> {
  const start = performance.now();
  for (let step = first; step <= last; step++) await mayTake(step);
  return performance.now() - start;
}

describe("pace", () => {
  it("lets steps be taken at that speed at most", async () => {
    expect(await take(pace(100), 0, 10)).to.be.at.least(100);
  });

  it("lets all cells take a step when the first may", async () => {
    const mayTake = pace(100);
    await mayTake(0);
    expect(mayTake(1)).to.be.an.instanceOf(Promise).and.to.equal(mayTake(1));
  });

  it("holds up no cell that is behind", async () => {
    const mayTake = pace(10);
    await mayTake(0);
    expect(mayTake(1)).to.be.an.instanceOf(Promise);
    expect(mayTake(0)).to.equal(undefined);
  });

  it("does not make up for time that was lost", async () => {
    const mayTake = pace(50);
    await mayTake(0);
    await take(pace(10), 0, 1);
    expect(await take(mayTake, 1, 3)).to.be.at.least(40);
  });
});
