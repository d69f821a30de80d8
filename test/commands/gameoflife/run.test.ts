import { expect } from "chai";
import { pace } from "../../../commands/gameoflife/pace.ts";
import { createProgress } from "../../../commands/gameoflife/progress.ts";
import { Run } from "../../../commands/gameoflife/run.ts";
import { LONG } from "../../support/timeouts.ts";

function createRun(patience: number): Run {
  return new Run({
    identity: { game: "a-game", size: 1, key: "key" },
    connect: () => Promise.reject(new Error("Nobody is there")),
    steps: 1,
    pace: pace(1000),
    progress: createProgress(),
    patience,
  });
}

describe("Run", () => {
  it("lets nobody wait any longer who waits when it ends, or later", async () => {
    const run = createRun(LONG);
    const waiting = run.wait(LONG);
    run.end();
    await Promise.all([run.over, waiting, run.wait(LONG)]);
    expect(run.isOver).to.equal(true);
  });

  it("calls at its end, and later at once, but not whom it was told to leave out", () => {
    const run = createRun(LONG);
    const called: string[] = [];
    run.atEnd(() => called.push("at its end"));
    run.atEnd(() => called.push("never"))();
    run.end();
    expect(called).to.deep.equal(["at its end"]);
    run.atEnd(() => called.push("at once"));
    expect(called).to.deep.equal(["at its end", "at once"]);
  });

  it("is patient while a worker is connected", () => {
    const run = createRun(0);
    expect(run.isPatient).to.equal(false);
    run.connected();
    expect(run.isPatient).to.equal(true);
    run.disconnected();
    expect(run.isPatient).to.equal(false);
  });

  it("is patient for as long as it was told to be, without a worker", () => {
    const run = createRun(LONG);
    expect(run.isPatient).to.equal(true);
  });
});
