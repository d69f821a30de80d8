import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { LineBatch } from "../../../handlers/life/line-batch.ts";
import type { Update } from "../../../handlers/life/protocol.ts";

describe("LineBatch", () => {
  let sent: (readonly string[])[];
  let batch: LineBatch;

  beforeEach(() => {
    sent = [];
    batch = new LineBatch((lines) => sent.push(lines));
  });

  it("sends the updates of one turn of the event loop together, in order, at its end", async () => {
    batch.add(update(1, 1));
    batch.add(update(0, 0));
    expect(sent).to.deep.equal([]);
    await nextTurn();
    expect(sent).to.deep.equal([["1 2 3 1", "0 2 3 0"]]);
  });

  it("sends those of the next turn the next time", async () => {
    batch.add(update(0, 0));
    await nextTurn();
    batch.add(update(1, 1));
    await nextTurn();
    expect(sent).to.deep.equal([["0 2 3 0"], ["1 2 3 1"]]);
  });

  it("sends at once when it is flushed, and not again at the end of the turn", async () => {
    batch.add(update(0, 0));
    batch.flush();
    expect(sent).to.have.length(1);
    await nextTurn();
    expect(sent).to.have.length(1);
  });

  it("has nothing to flush where nothing was added", () => {
    batch.flush();
    expect(sent).to.deep.equal([]);
  });
});

function update(step: number, state: 0 | 1): Update {
  return { step, row: 2, col: 3, state };
}
