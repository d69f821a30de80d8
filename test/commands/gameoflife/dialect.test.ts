import { expect } from "chai";
import { ProtocolError } from "../../../commands/errors.ts";
import { Cell } from "../../../commands/gameoflife/cell.ts";
import { dialectOf } from "../../../commands/gameoflife/dialect.ts";
import { neighbours } from "../../../commands/gameoflife/neighbours.ts";

function cornerCell(): Cell {
  return new Cell({ row: 0, col: 0 }, 1, neighbours(0, 0, 2, false));
}

describe("dialectOf", () => {
  it("speaks of updates where the server says `sub`", () => {
    const dialect = dialectOf("sub");
    const cell = cornerCell();
    expect(dialect.introduce(cell)).to.deep.equal([]);
    expect(dialect.tell(cell)).to.equal("0 0 0 1");
    for (const line of ["0 0 1 1", "0 1 0 0", "0 1 1 1"]) dialect.hear(cell, line);
    cell.advance();
    expect(dialect.tell(cell)).to.equal("1 0 0 1");
  });

  it("speaks of steps where the server says `steps`", () => {
    const dialect = dialectOf("steps");
    const cell = cornerCell();
    expect(dialect.introduce(cell)).to.deep.equal(["0 0"]);
    expect(dialect.tell(cell)).to.equal("0 1");
    dialect.hear(cell, "0 5");
    cell.advance();
    expect(dialect.tell(cell)).to.equal("1 1");
  });

  for (const invitation of ["run", "SUB", "", Buffer.from("sub")]) {
    it(`takes ${JSON.stringify(String(invitation))} of type ${typeof invitation} for no invitation`, () => {
      expect(() => dialectOf(invitation)).to.throw(
        ProtocolError,
        `a worker received "${invitation}" instead of "sub"`,
      );
    });
  }

  for (const message of ["0", "0 0 0 1", "0 x", "x 0", "0 8", "1 0", Buffer.from("0 0")]) {
    it(`refuses the step ${JSON.stringify(String(message))} of type ${typeof message}`, () => {
      expect(() => dialectOf("steps").hear(cornerCell(), message)).to.throw(ProtocolError);
    });
  }

  it("refuses a second step before the first is taken", () => {
    const cell = cornerCell();
    dialectOf("steps").hear(cell, "0 1");
    expect(() => dialectOf("steps").hear(cell, "0 1")).to.throw(
      ProtocolError,
      "cell 0 0 at step 0 received 0 1",
    );
  });
});
