import { expect } from "chai";
import { cellCode, cellColor, UNKNOWN } from "../../../../views/pages/life/palette.ts";

const LIGHT = { isDark: false, isSteady: false };

describe("cellColor", () => {
  it("tells live cells from dead ones by the lightness", () => {
    expect(cellColor(0, true, LIGHT)).to.equal("hsl(0 100% 25%)");
    expect(cellColor(0, false, LIGHT)).to.equal("hsl(0 100% 95%)");
  });

  it("moves on by 20 degrees a step, modulo 256", () => {
    expect(cellColor(12, true, LIGHT)).to.equal("hsl(240 100% 25%)");
    expect(cellColor(13, true, LIGHT)).to.equal("hsl(4 100% 25%)");
  });

  it("repeats after 64 steps, and not before", () => {
    const all = new Set(Array.from({ length: 64 }, (_, step) => cellColor(step, true, LIGHT)));
    expect(all.size).to.equal(64);
    expect(cellColor(64, true, LIGHT)).to.equal(cellColor(0, true, LIGHT));
  });

  it("has live cells light and dead ones dark on a dark page, with the same hues", () => {
    const dark = { ...LIGHT, isDark: true };
    expect(cellColor(13, true, dark)).to.equal("hsl(4 85% 70%)");
    expect(cellColor(13, false, dark)).to.equal("hsl(4 35% 12%)");
  });

  it("keeps one hue where colours are to be steady", () => {
    const hues = new Set(
      Array.from({ length: 64 }, (_, step) => cellColor(step, true, { ...LIGHT, isSteady: true })),
    );
    expect([...hues]).to.deep.equal(["hsl(160 100% 25%)"]);
  });
});

describe("cellCode", () => {
  it("is another byte for each colour, and none for what is not known", () => {
    const steps = Array.from({ length: 64 }, (_, step) => step);
    const codes = new Set(steps.flatMap((step) => [cellCode(step, 0), cellCode(step, 1)]));
    expect(codes.size).to.equal(128);
    expect(codes).not.to.include(UNKNOWN);
    expect(Math.max(...codes)).to.be.below(256);
    expect(cellCode(64, 1)).to.equal(cellCode(0, 1));
  });
});
