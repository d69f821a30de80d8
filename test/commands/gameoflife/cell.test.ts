import { expect } from "chai";
import { ProtocolError } from "../../../commands/errors.ts";
import { atStart, Cell } from "../../../commands/gameoflife/cell.ts";
import { neighbours } from "../../../commands/gameoflife/neighbours.ts";
import { randomStates } from "../../../commands/gameoflife/random.ts";
import type { Update } from "../../../handlers/life/protocol.ts";
import { lehmer, playInMemory } from "../../support/memory-game.ts";
import { generations, toGrid } from "../../support/reference-life.ts";

/** The middle cell of a 3×3 grid. */
function middleCell(state: 0 | 1): Cell {
  return new Cell({ row: 1, col: 1 }, neighbours(1, 1, 3, false), atStart(state));
}

/** Tells a cell what all its neighbours are at a step: the first `alive` of them are alive. */
function tellAll(cell: Cell, step: number, alive: number): void {
  for (const [index, { row, col }] of neighbours(1, 1, 3, false).entries()) {
    cell.receive({ step, row, col, state: index < alive ? 1 : 0 });
  }
}

describe("Cell", () => {
  it("is at step 0, in the state that it was given", () => {
    expect(middleCell(1)).to.include({ row: 1, col: 1, step: 0, state: 1 });
  });

  for (const state of [0, 1] as const) {
    for (let alive = 0; alive <= 8; alive++) {
      const next = alive === 3 || (alive === 2 && state === 1) ? 1 : 0;
      it(`becomes ${next} if it is ${state} and ${alive} neighbours are alive`, () => {
        const cell = middleCell(state);
        tellAll(cell, 0, alive);
        cell.advance();
        expect(cell).to.include({ step: 1, state: next });
      });
    }
  }

  it("is due when the last neighbour has told its state", () => {
    const cell = middleCell(0);
    const [last, ...others] = neighbours(1, 1, 3, false);
    for (const { row, col } of others) cell.receive({ step: 0, row, col, state: 0 });
    expect(cell.isDue).to.equal(false);
    cell.receive({ step: 0, row: last?.row ?? 0, col: last?.col ?? 0, state: 0 });
    expect(cell.isDue).to.equal(true);
  });

  it("keeps what neighbours told of the next step", () => {
    const cell = middleCell(0);
    tellAll(cell, 1, 3);
    expect(cell.isDue).to.equal(false);
    tellAll(cell, 0, 0);
    cell.advance();
    expect(cell.isDue).to.equal(true);
    cell.advance();
    expect(cell).to.include({ step: 2, state: 1 });
  });

  it("is always due without neighbours", () => {
    const cell = new Cell({ row: 0, col: 0 }, [], atStart(1));
    expect(cell.isDue).to.equal(true);
    cell.advance();
    expect(cell).to.include({ step: 1, state: 0, isDue: true });
  });

  it("stands where it began and where it went, with its states on the way", () => {
    const cell = middleCell(1);
    expect(cell.standing).to.deep.equal({ step: 0, history: 0b11 });
    for (const [step, alive] of [0, 3, 2].entries()) {
      cell.receiveAll(step, 2 ** alive - 1);
      cell.advance();
    }
    expect(cell.standing).to.deep.equal({ step: 3, history: 0b11011 });
  });

  it("stands nowhere as long as nobody says where", () => {
    const cell = new Cell({ row: 1, col: 1 }, neighbours(1, 1, 3, false));
    expect(cell).to.include({ step: -1, state: 0, standing: undefined });
    cell.goOn({ step: 7, history: 0b101 });
    expect(cell).to.deep.include({ step: 7, state: 1, standing: { step: 7, history: 0b101 } });
  });

  it("hears anew of its neighbours when it goes on", () => {
    const cell = middleCell(0);
    tellAll(cell, 1, 3);
    cell.receive({ step: 0, row: 0, col: 0, state: 1 });
    cell.goOn();
    expect(cell.standing).to.deep.equal({ step: 0, history: 0b10 });
    tellAll(cell, 0, 3);
    cell.advance();
    expect(cell).to.include({ step: 1, state: 1, isDue: false });
  });

  for (const [step, states] of [
    [1, 0],
    [0, 256],
  ] as const) {
    it(`refuses the states ${states} of step ${step}`, () => {
      expect(() => middleCell(0).receiveAll(step, states)).to.throw(
        ProtocolError,
        `received ${step} ${states}`,
      );
    });
  }

  it("refuses a second step before the first is taken", () => {
    const cell = middleCell(0);
    cell.receiveAll(0, 1);
    expect(() => cell.receiveAll(0, 1)).to.throw(ProtocolError);
  });

  for (const [what, update] of [
    ["a cell that is no neighbour", { step: 0, row: 1, col: 1, state: 0 }],
    ["a cell off the grid", { step: 0, row: 0, col: 4, state: 0 }],
    ["two steps ahead", { step: 2, row: 0, col: 0, state: 1 }],
  ] as [string, Update][]) {
    it(`refuses an update from ${what}`, () => {
      expect(() => middleCell(0).receive(update)).to.throw(ProtocolError);
    });
  }

  it("refuses an update from a step that is over", () => {
    const cell = middleCell(0);
    tellAll(cell, 0, 0);
    cell.advance();
    expect(() => cell.receive({ step: 0, row: 0, col: 0, state: 0 })).to.throw(ProtocolError);
  });

  it("refuses a second update of the same step, and says what came", () => {
    const cell = middleCell(0);
    cell.receive({ step: 0, row: 2, col: 0, state: 1 });
    expect(() => cell.receive({ step: 0, row: 2, col: 0, state: 1 })).to.throw(
      ProtocolError,
      "Protocol error: cell 1 1 at step 0 received 0 2 0 1",
    );
  });
});

describe("Cells that talk to one another", () => {
  for (const wrap of [true, false]) {
    for (const size of [1, 2, 3, 4, 7]) {
      it(`live as the reference has it, ${wrap ? "on a torus" : "on a grid with edges"} of size ${size}`, () => {
        for (let seed = 1; seed <= 5; seed++) {
          const states = randomStates(size, seed);
          const told = playInMemory({ size, states, steps: 10, wrap }, lehmer(seed));
          const expected = generations(toGrid(states, size), 10, wrap);
          expect(told.map((step) => toGrid(step, size))).to.deep.equal(expected);
        }
      });
    }
  }
});
