import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { CommandError } from "../../../commands/errors.ts";
import { parseRle } from "../../../commands/gameoflife/rle.ts";
import { parsePlaintext } from "../../../handlers/patterns/protocol.ts";

const GOSPER = `#N Gosper glider gun
#O Bill Gosper
#C The first known gun, of November 1970.
x = 36, y = 9, rule = B3/S23
24bo11b$22bobo11b$12b2o6b2o12b2o$11bo3bo4b2o12b2o$2o8bo5bo3b2o14b$2o8b
o3bob2o4bobo11b$10bo5bo7bo11b$11bo3bo20b$12b2o!
`;

const GLIDER_CELLS = [
  { row: 0, col: 1 },
  { row: 1, col: 2 },
  { row: 2, col: 0 },
  { row: 2, col: 1 },
  { row: 2, col: 2 },
];

describe("parseRle", () => {
  it("reads a glider", () => {
    const pattern = parseRle("x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!");
    expect(pattern).to.deep.equal({ width: 3, height: 3, alive: GLIDER_CELLS });
  });

  it("reads the Gosper gun as the plain text pattern has it", async () => {
    const plaintext = await readFile(new URL("../../../patterns/gosper", import.meta.url), "utf8");
    expect(parseRle(GOSPER)).to.deep.equal(parsePlaintext(plaintext));
  });

  it("reads lines that end in CR LF", () => {
    expect(parseRle("#C one\r\nx = 3, y = 3\r\nbo$2b\r\no$3o!\r\n").alive).to.deep.equal(GLIDER_CELLS);
  });

  it("skips several rows at once", () => {
    const { alive } = parseRle("x = 1, y = 4\no3$o!");
    expect(alive).to.deep.equal([
      { row: 0, col: 0 },
      { row: 3, col: 0 },
    ]);
  });

  it("joins a run whose count and tag are on two lines", () => {
    expect(parseRle("x = 12, y = 1\n1\n2o!").alive).to.have.length(12);
  });

  it("ignores what follows the end mark", () => {
    expect(parseRle("x = 1, y = 1\no!\nAn essay: 5z").alive).to.deep.equal([{ row: 0, col: 0 }]);
  });

  it("does not insist on the end mark", () => {
    expect(parseRle("x = 2, y = 1\n2o").alive).to.have.length(2);
  });

  for (const rule of ["B3/S23", "b3/s23", "23/3"]) {
    it(`accepts the rule ${rule}`, () => {
      expect(parseRle(`x=1,y=1,rule=${rule}\no!`).alive).to.have.length(1);
    });
  }

  for (const rule of ["B36/S23", "B3/S23:T100,200", "WireWorld"]) {
    it(`refuses the rule ${rule}, and names it`, () => {
      const message = `it is for the rule ${rule}, but workers live by B3/S23 only`;
      expect(() => parseRle(`x = 1, y = 1, rule = ${rule}\no!`)).to.throw(CommandError, message);
    });
  }

  it("says what header it misses", () => {
    const message = 'it has no header line such as "x = 3, y = 3, rule = B3/S23"';
    expect(() => parseRle("3o!")).to.throw(CommandError, message);
    expect(() => parseRle("")).to.throw(CommandError, message);
  });

  it("shows what is no run", () => {
    const message = '"3zo!" is not a run of b, o, $ or !';
    expect(() => parseRle("x = 9, y = 1\n2o3zo!")).to.throw(CommandError, message);
  });

  it("refuses a run that leaves the box on the right", () => {
    const message = "its row 2 leaves the 3x3 box of its header";
    expect(() => parseRle("x = 3, y = 3\n3o$4o!")).to.throw(CommandError, message);
  });

  it("refuses a run below the box", () => {
    const message = "its row 3 leaves the 3x2 box of its header";
    expect(() => parseRle("x = 3, y = 2\n3o2$o!")).to.throw(CommandError, message);
  });

  it("refuses a box that is larger than any grid, before it fills it", () => {
    const message = "it is 999999999x1, but the largest grid is 1000x1000";
    expect(() => parseRle("x = 999999999, y = 1\n999999999o!")).to.throw(CommandError, message);
  });
});
