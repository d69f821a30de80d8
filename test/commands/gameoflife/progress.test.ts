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
  it("tells how many workers are connected, then how many are subscribed", () => {
    const progress = createProgress();
    const describe = describeProgress(progress, 1024);
    progress.connected = 512;
    expect(describe(0)).to.equal("workers connected: 512 of 1024");
    progress.connected = 1024;
    progress.subscribed = 700;
    expect(describe(100)).to.equal("workers connected: 1024, subscribed: 700 of 1024");
  });

  it("tells the step and the speed of a game that runs", () => {
    const progress = { connected: 4, subscribed: 4, updates: 4 };
    const describe = describeProgress(progress, 4);
    expect(describe(0)).to.equal("workers connected: 4, subscribed: 4, step 0, 0.0 steps/s");
    progress.updates = 24;
    expect(describe(2000)).to.equal("workers connected: 4, subscribed: 4, step 5, 2.5 steps/s");
  });

  it("measures the speed over the last five seconds", () => {
    const progress = { connected: 1, subscribed: 1, updates: 1 };
    const describe = describeProgress(progress, 1);
    for (let second = 0; second <= 10; second++) {
      progress.updates += second < 5 ? 100 : 2;
      describe(second * 1000);
    }
    progress.updates += 2;
    expect(describe(11_000)).to.match(/2\.0 steps\/s$/);
  });
});
