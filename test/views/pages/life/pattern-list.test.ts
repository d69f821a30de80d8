import { expect } from "chai";
import { formatListing } from "../../../../handlers/patterns/protocol.ts";
import { readPatterns } from "../../../../views/pages/life/pattern-list.ts";

describe("readPatterns", () => {
  it("reads each pattern with its credits, the smaller ones first", () => {
    const files = new Map([
      ["block", "!Name: Block\n!Author: John Conway, 1970\n!It stays.\nOO\nOO\n"],
      ["dot", "O"],
    ]);
    expect(readPatterns(formatListing(files))).to.deep.equal([
      { name: "dot", title: "dot", author: "", note: "", width: 1, height: 1, alive: [{ row: 0, col: 0 }] },
      {
        name: "block",
        title: "Block",
        author: "John Conway, 1970",
        note: "It stays.",
        width: 2,
        height: 2,
        alive: [
          { row: 0, col: 0 },
          { row: 0, col: 1 },
          { row: 1, col: 0 },
          { row: 1, col: 1 },
        ],
      },
    ]);
  });

  it("leaves out a file in which nothing lives", () => {
    expect(readPatterns(formatListing(new Map([["README", "...\n"]])))).to.deep.equal([]);
  });
});
