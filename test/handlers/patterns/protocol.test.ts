import { expect } from "chai";
import {
  formatListing,
  parseCredits,
  parseListing,
  parsePlaintext,
} from "../../../handlers/patterns/protocol.ts";

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

describe("parseCredits", () => {
  it("reads the name, who found it, and what it does", () => {
    expect(parseCredits("!Name: Dot\n!Author: Nobody, 1970\n!It is gone\n! at once.\nO\n")).to.deep.equal({
      title: "Dot",
      author: "Nobody, 1970",
      note: "It is gone at once.",
    });
  });

  it("finds nothing where no comment says it", () => {
    expect(parseCredits("O\n")).to.deep.equal({ title: "", author: "", note: "" });
  });
});

describe("the listing", () => {
  it("reads what it has written", () => {
    const files = new Map([
      ["dot", "O\n"],
      ["e\u0301", "!\u00e9\nO"],
    ]);
    expect(parseListing(formatListing(files))).to.deep.equal(files);
  });

  for (const json of ["null", "3", '{"dot":3}', "[[]]"]) {
    it(`is not ${json}`, () => {
      expect(() => parseListing(json)).to.throw(TypeError, "Not a listing of patterns");
    });
  }

  it("is JSON", () => {
    expect(() => parseListing("<!doctype html>")).to.throw(SyntaxError);
  });
});
