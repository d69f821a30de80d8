import { expect } from "chai";
import { generations } from "../../support/reference-life.ts";
import { Check } from "./check.ts";

const BLINKER = ["...", "OOO", "..."];

const WELL = { code: 0, stderr: "" };

describe("Check", () => {
  const reference = generations(BLINKER, 2, false);

  /** One that two watchers, or fewer, have seen all of. */
  function seenBy(watchers: readonly number[]): Check {
    const check = new Check(reference, 2);
    for (const watcher of watchers)
      for (const [step, grid] of reference.entries())
        for (const [row, marks] of grid.entries())
          for (const [col, mark] of [...marks].entries())
            check.see(watcher, { step, row, col, state: mark === "O" ? 1 : 0 });
    return check;
  }

  it("finds nothing in what is right", () => {
    const check = seenBy([0, 1]);
    check.close(WELL);
    expect(check.findings).to.deep.equal([]);
    expect([check.seen, check.lowestStep, check.isThrough(0)]).to.deep.equal([54, 2, true]);
  });

  it("finds a cell in a wrong state, at a step that there is and at one that there is not", () => {
    const check = seenBy([0, 1]);
    check.see(1, { step: 1, row: 1, col: 0, state: 1 });
    check.see(0, { step: 3, row: 0, col: 0, state: 0 });
    expect(check.findings).to.deep.equal([
      { violation: "wrong", what: "watcher 1 saw cell 1 0 at step 1 as 1, not ." },
      { violation: "wrong", what: "watcher 0 saw cell 0 0 at step 3 as 0, not undefined" },
    ]);
  });

  it("finds a server that does not show the end", () => {
    const check = seenBy([1]);
    expect([check.isThrough(0), check.isThrough(1), check.lowestStep]).to.deep.equal([false, true, 2]);
    check.close(WELL);
    expect(check.findings).to.deep.equal([
      { violation: "unfinished", what: "watcher 0 saw cell 0 last at step -1" },
    ]);
  });

  it("finds a game that broke off", () => {
    const check = seenBy([0, 1]);
    check.close({ code: 1, stderr: "The game broke off" });
    expect(check.findings).to.deep.equal([
      { violation: "unfinished", what: "the game ended with 1: The game broke off" },
    ]);
  });

  it("knows the step that all cells have come to, whoever has seen it", () => {
    const check = new Check([["."], ["."]], 2);
    expect(check.lowestStep).to.equal(-1);
    check.see(1, { step: 0, row: 0, col: 0, state: 0 });
    expect(check.lowestStep).to.equal(0);
  });
});
