import { expect } from "chai";
import { parsePlaintext } from "../../../commands/gameoflife/plaintext.ts";

describe("parsePlaintext", () => {
  it("reads rows of dead and live cells", () => {
    expect(parsePlaintext(".O.\n..O\nOOO\n")).to.deep.equal({
      width: 3,
      height: 3,
      alive: [
        { row: 0, col: 1 },
        { row: 1, col: 2 },
        { row: 2, col: 0 },
        { row: 2, col: 1 },
        { row: 2, col: 2 },
      ],
    });
  });

  it("takes anything but a dot and a space for alive", () => {
    const { alive } = parsePlaintext(". x*1😀");
    expect(alive.map(({ col }) => col)).to.deep.equal([2, 3, 4, 5]);
  });

  it("drops white space at the end of a line from the width", () => {
    expect(parsePlaintext("O  \nO \t\n")).to.deep.include({ width: 1, height: 2 });
  });

  it("counts dots at the end of a line", () => {
    expect(parsePlaintext("O...\n....\n")).to.deep.include({ width: 4, height: 2 });
  });

  it("keeps an empty line between rows as a dead row, and drops those at the end", () => {
    expect(parsePlaintext("O\n\nO\n\n\n")).to.deep.equal({
      width: 1,
      height: 3,
      alive: [
        { row: 0, col: 0 },
        { row: 2, col: 0 },
      ],
    });
  });

  it("skips the comments of a .cells file", () => {
    const { height, alive } = parsePlaintext("!Name: Dot\n!\n.O\n");
    expect(height).to.equal(1);
    expect(alive).to.deep.equal([{ row: 0, col: 1 }]);
  });

  for (const [name, end] of [
    ["LF", "\n"],
    ["CR LF", "\r\n"],
    ["CR", "\r"],
  ]) {
    it(`reads lines that end in ${name}`, () => {
      expect(parsePlaintext(["OO", ".O", ""].join(end))).to.deep.include({ width: 2, height: 2 });
    });
  }

  it("finds nothing alive in an empty text", () => {
    expect(parsePlaintext("")).to.deep.equal({ width: 0, height: 0, alive: [] });
  });
});
