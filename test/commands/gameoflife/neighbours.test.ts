import { expect } from "chai";
import { neighbours } from "../../../commands/gameoflife/neighbours.ts";

function cells(...args: Parameters<typeof neighbours>): string[] {
  return neighbours(...args)
    .map(({ row, col, weight }) => `${row} ${col} ×${weight}`)
    .sort();
}

describe("neighbours", () => {
  it("are the eight cells around", () => {
    const expected = ["0 0", "0 1", "0 2", "1 0", "1 2", "2 0", "2 1", "2 2"].map((cell) => `${cell} ×1`);
    expect(cells(1, 1, 5, false)).to.deep.equal(expected);
    expect(cells(1, 1, 5, true)).to.deep.equal(expected);
  });

  it("are three at a corner of a grid that ends at its edges", () => {
    expect(cells(0, 0, 5, false)).to.deep.equal(["0 1 ×1", "1 0 ×1", "1 1 ×1"]);
  });

  it("are five at an edge", () => {
    expect(cells(4, 2, 5, false)).to.have.length(5);
  });

  it("come in on the other side of a torus", () => {
    expect(cells(0, 0, 5, true)).to.deep.equal(
      ["0 1", "0 4", "1 0", "1 1", "1 4", "4 0", "4 1", "4 4"].map((cell) => `${cell} ×1`),
    );
  });

  it("are all the other cells of a torus of size 3", () => {
    expect(cells(1, 1, 3, true)).to.have.length(8);
  });

  it("take several places on a torus of size 2", () => {
    expect(cells(0, 0, 2, true)).to.deep.equal(["0 1 ×2", "1 0 ×2", "1 1 ×4"]);
  });

  it("are the cell itself, eight times, on a torus of size 1", () => {
    expect(cells(0, 0, 1, true)).to.deep.equal(["0 0 ×8"]);
  });

  it("are none on a grid of size 1 that ends at its edges", () => {
    expect(cells(0, 0, 1, false)).to.deep.equal([]);
  });
});
