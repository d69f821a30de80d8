import { expect } from "chai";
import { cellColor } from "../../../../views/pages/life/palette.ts";

describe("cellColor", () => {
  it("tells live cells from dead ones by the lightness", () => {
    expect(cellColor(0, true)).to.equal("hsl(0 100% 25%)");
    expect(cellColor(0, false)).to.equal("hsl(0 100% 95%)");
  });

  it("moves on by 20 degrees a step, modulo 256", () => {
    expect(cellColor(12, true)).to.equal("hsl(240 100% 25%)");
    expect(cellColor(13, true)).to.equal("hsl(4 100% 25%)");
  });

  it("repeats after 64 steps, and not before", () => {
    const all = new Set(Array.from({ length: 64 }, (_, step) => cellColor(step, true)));
    expect(all.size).to.equal(64);
    expect(cellColor(64, true)).to.equal(cellColor(0, true));
  });
});
