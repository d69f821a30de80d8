import { expect } from "chai";
import { isSmall, pathOf, viewBoxOf } from "../../../../views/pages/life/preview.ts";

describe("viewBoxOf", () => {
  it("has a cell free on each side of a large pattern", () => {
    expect(viewBoxOf({ width: 36, height: 9, alive: [] })).to.equal("-1 -1 38 11");
  });

  it("has a small pattern in the middle", () => {
    expect(viewBoxOf({ width: 3, height: 2, alive: [] })).to.equal("-6 -4 15 10");
  });
});

describe("pathOf", () => {
  it("has a square for each live cell", () => {
    const alive = [
      { row: 0, col: 1 },
      { row: 2, col: 0 },
    ];
    expect(pathOf({ width: 2, height: 3, alive })).to.equal(
      "M1.06 0.06h0.88v0.88h-0.88zM0.06 2.06h0.88v0.88h-0.88z",
    );
  });
});

describe("isSmall", () => {
  it("knows a pattern whose cells are hardly to be seen", () => {
    expect(isSmall({ width: 97, height: 33, alive: [] })).to.equal(true);
    expect(isSmall({ width: 36, height: 9, alive: [] })).to.equal(false);
  });
});
