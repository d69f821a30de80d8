import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { CellBatch } from "../../../handlers/life/cell-batch.ts";
import { encodeUpdates, packCell } from "../../../handlers/life/cells-protocol.ts";
import type { Update } from "../../../handlers/life/protocol.ts";

const SIZE = 4;

describe("CellBatch", () => {
  let frames: Uint8Array[];
  let batch: CellBatch;

  beforeEach(() => {
    frames = [];
    batch = new CellBatch((frame) => frames.push(frame));
  });

  it("sends the updates of one turn of the event loop as one frame, at its end", async () => {
    batch.add(SIZE, update(0, 1, 2, 1));
    batch.add(SIZE, update(0, 3, 3, 0));
    expect(frames).to.have.length(0);
    await nextTurn();
    expect(frames).to.deep.equal([encodeUpdates([{ step: 0, cells: [pack(1, 2, 1), pack(3, 3, 0)] }])]);
  });

  it("sends those of the next turn as the next frame", async () => {
    batch.add(SIZE, update(0, 0, 0, 1));
    await nextTurn();
    batch.add(SIZE, update(1, 0, 0, 0));
    await nextTurn();
    expect(frames).to.deep.equal([
      encodeUpdates([{ step: 0, cells: [pack(0, 0, 1)] }]),
      encodeUpdates([{ step: 1, cells: [pack(0, 0, 0)] }]),
    ]);
  });

  it("puts steps in order, and keeps the order of cells within a step", () => {
    batch.add(SIZE, update(2, 0, 0, 1));
    batch.add(SIZE, update(1, 3, 3, 1));
    batch.add(SIZE, update(10, 0, 1, 1));
    batch.add(SIZE, update(2, 0, 1, 0));
    batch.flush();
    expect(frames).to.deep.equal([
      encodeUpdates([
        { step: 1, cells: [pack(3, 3, 1)] },
        { step: 2, cells: [pack(0, 0, 1), pack(0, 1, 0)] },
        { step: 10, cells: [pack(0, 1, 1)] },
      ]),
    ]);
  });

  it("sends at once when it is flushed, and not again at the end of the turn", async () => {
    batch.add(SIZE, update(0, 0, 0, 1));
    batch.flush();
    expect(frames).to.have.length(1);
    await nextTurn();
    expect(frames).to.have.length(1);
  });

  it("sends what is added after a flush, in the same turn", async () => {
    batch.add(SIZE, update(0, 0, 0, 1));
    batch.flush();
    batch.add(SIZE, update(1, 0, 0, 0));
    await nextTurn();
    expect(frames).to.have.length(2);
  });

  it("sends nothing where there is nothing", async () => {
    batch.flush();
    await nextTurn();
    expect(frames).to.have.length(0);
  });
});

function update(step: number, row: number, col: number, state: 0 | 1): Update {
  return { step, row, col, state };
}

function pack(row: number, col: number, state: 0 | 1): number {
  return packCell(SIZE, row, col, state);
}
