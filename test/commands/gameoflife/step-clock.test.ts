import { expect } from "chai";
import { StepClock } from "../../../commands/gameoflife/step-clock.ts";

const CELLS = 4;

describe("StepClock", () => {
  let times: number[];
  let clock: StepClock;

  beforeEach(() => {
    times = [];
    clock = new StepClock(CELLS, (milliseconds) => times.push(milliseconds));
  });

  function tell(states: number): void {
    for (let state = 0; state < states; state++) clock.updates += 1;
  }

  it("counts what is told", () => {
    tell(3);
    expect(clock.updates).to.equal(3);
  });

  it("times a step from when all have told the one before it", () => {
    tell(CELLS);
    expect(times).to.deep.equal([]);
    const start = performance.now();
    while (performance.now() - start < 2);
    tell(CELLS - 1);
    expect(times).to.deep.equal([]);
    tell(1);
    expect(times).to.have.lengthOf(1);
    expect(times[0]).to.be.at.least(2);
  });

  it("times nothing of the steps that a cell brings at once", () => {
    tell(CELLS);
    clock.updates += 50 * CELLS;
    tell(CELLS);
    expect(times).to.deep.equal([]);
    tell(CELLS);
    expect(times).to.have.lengthOf(1);
  });

  it("leaves it to other processes where they time the steps", () => {
    const stepped = clock.timedElsewhere();
    tell(3 * CELLS);
    expect(times).to.deep.equal([]);
    stepped(7);
    expect(times).to.deep.equal([7]);
  });
});
