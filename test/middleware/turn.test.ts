import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { createTurn } from "../../middleware/turn.ts";

describe("createTurn", () => {
  it("calls each item back once, in order, at the end of the turn and not before", async () => {
    const atEndOfTurn = createTurn();
    const called: string[] = [];
    for (const name of ["a", "b", "c"]) atEndOfTurn({ endOfTurn: () => called.push(name) });
    await Promise.resolve();
    expect(called).to.deep.equal([]);
    await nextTurn();
    expect(called).to.deep.equal(["a", "b", "c"]);
    await nextTurn();
    expect(called).to.have.length(3);
  });

  it("keeps for the next turn what is added at the end of this one", async () => {
    const atEndOfTurn = createTurn();
    const called: string[] = [];
    const second = { endOfTurn: () => called.push("second") };
    atEndOfTurn({
      endOfTurn() {
        called.push("first");
        atEndOfTurn(second);
      },
    });
    await nextTurn();
    expect(called).to.deep.equal(["first"]);
    await nextTurn();
    expect(called).to.deep.equal(["first", "second"]);
  });

  it("takes in what comes in the next turn, where there are many items", async () => {
    const atEndOfTurn = createTurn();
    const called: number[] = [];
    for (let n = 0; n < 9; n += 1) atEndOfTurn({ endOfTurn: () => called.push(n) });
    await nextTurn();
    expect(called).to.deep.equal([]);
    atEndOfTurn({ endOfTurn: () => called.push(9) });
    await nextTurn();
    expect(called).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
