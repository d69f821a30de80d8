import { expect } from "chai";
import { CommandError } from "../../../commands/errors.ts";
import { type Pattern, placePattern } from "../../../commands/gameoflife/pattern.ts";
import { toGrid } from "../../support/reference-life.ts";

const CORNERS: Pattern = {
  width: 3,
  height: 2,
  alive: [
    { row: 0, col: 0 },
    { row: 1, col: 2 },
  ],
};

describe("placePattern", () => {
  it("puts the pattern in the middle, half a cell above and left of it where it cannot be exact", () => {
    expect(toGrid(placePattern(CORNERS, 6, true), 6)).to.deep.equal([
      "......",
      "......",
      ".O....",
      "...O..",
      "......",
      "......",
    ]);
  });

  it("puts the pattern in the top left corner when it is not to be centered", () => {
    expect(toGrid(placePattern(CORNERS, 4, false), 4)).to.deep.equal(["O...", "..O.", "....", "...."]);
  });

  it("accepts a pattern as wide as the grid", () => {
    expect(toGrid(placePattern(CORNERS, 3, true), 3)).to.deep.equal(["O..", "..O", "..."]);
  });

  it("says which size is large enough for a pattern that does not fit", () => {
    const place = () => placePattern({ width: 36, height: 9, alive: [] }, 32, true);
    expect(place).to.throw(CommandError, "Pattern 36x9 does not fit a 32x32 grid: use --size 36 or larger");
  });

  it("goes by the height of a tall pattern", () => {
    const place = () => placePattern({ width: 1, height: 5, alive: [] }, 4, true);
    expect(place).to.throw("Pattern 1x5 does not fit a 4x4 grid: use --size 5 or larger");
  });

  it("says so when no grid is large enough", () => {
    const place = () => placePattern({ width: 1001, height: 1, alive: [] }, 32, false);
    expect(place).to.throw("Pattern 1001x1 does not fit a 32x32 grid: the largest is 1000x1000");
  });
});
