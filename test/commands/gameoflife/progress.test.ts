import { expect } from "chai";
import { createProgress, currentStep, describeProgress } from "../../../commands/gameoflife/progress.ts";

describe("currentStep", () => {
  it("is 0 until all cells have told step 1", () => {
    const progress = createProgress();
    for (const updates of [0, 3, 4, 7]) {
      progress.updates = updates;
      expect(currentStep(progress, 4)).to.equal(0);
    }
    progress.updates = 8;
    expect(currentStep(progress, 4)).to.equal(1);
  });
});

describe("describeProgress", () => {
  it("tells how many workers are connected, how fast they come, and how long it takes", () => {
    const progress = createProgress();
    const describe = describeProgress(progress, 1024);
    expect(describe(0)).to.equal("workers connected: 0 of 1024, 0/s");
    progress.connected = 512;
    expect(describe(2000)).to.equal("workers connected: 512 of 1024, 256/s, 0:02 left");
  });

  it("tells how many workers are subscribed", () => {
    const progress = { ...createProgress(), connected: 1024, subscribed: 700 };
    expect(describeProgress(progress, 1024)(0)).to.equal("workers connected: 1024, subscribed: 700 of 1024");
  });

  it("tells the step and the speed of a game that runs", () => {
    const progress = { connected: 4, subscribed: 4, updates: 4 };
    const describe = describeProgress(progress, 4);
    expect(describe(0)).to.equal("step 0, 0.0 steps/s, 4 workers");
    progress.updates = 24;
    expect(describe(2000)).to.equal("step 5, 2.5 steps/s, 4 workers");
  });

  it("tells how long a game takes that has an end", () => {
    const progress = { connected: 4, subscribed: 4, updates: 4 };
    const describe = describeProgress(progress, 4, 100);
    expect(describe(0)).to.equal("step 0 of 100, 0.0 steps/s, 4 workers");
    progress.updates = 24;
    expect(describe(2000)).to.equal("step 5 of 100, 2.5 steps/s, 0:38 left, 4 workers");
    progress.updates = 404;
    expect(describe(3000)).to.match(/^step 100 of 100, [\d.]+ steps\/s, 4 workers$/);
  });
});
