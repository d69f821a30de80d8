import { expect } from "chai";
import { loadPattern } from "../../../commands/gameoflife/load-pattern.ts";
import { placePattern } from "../../../commands/gameoflife/pattern.ts";
import {
  type Grid,
  generations,
  nextGrid,
  population,
  shifted,
  toGrid,
} from "../../support/reference-life.ts";

/** Large enough for every pattern to move without meeting itself. */
const SIZE = 60;

async function centered(name: string): Promise<Grid> {
  return toGrid(placePattern(await loadPattern(name), SIZE, true), SIZE);
}

describe("patterns", () => {
  for (const [name, period, cells] of [
    ["blinker", 2, 3],
    ["toad", 2, 6],
    ["beacon", 2, 6],
    ["pulsar", 3, 48],
  ] as const) {
    it(`${name} oscillates with the period ${period}`, async () => {
      const start = await centered(name);
      const seen = generations(start, period, true);
      expect(population(start)).to.equal(cells);
      expect(seen.at(period)).to.deep.equal(start);
      for (const between of seen.slice(1, period)) expect(between).not.to.deep.equal(start);
    });
  }

  for (const [name, cells, down, right, motion] of [
    ["glider", 5, -1, -1, "one cell up and to the left"],
    ["lwss", 9, 0, -2, "two cells to the left"],
    ["mwss", 11, 0, -2, "two cells to the left"],
    ["hwss", 13, 0, -2, "two cells to the left"],
  ] as const) {
    it(`${name} moves ${motion} in four steps`, async () => {
      const start = await centered(name);
      expect(population(start)).to.equal(cells);
      expect(generations(start, 4, true).at(4)).to.deep.equal(shifted(start, down, right));
    });

    it(`${name} goes on for ever on a torus`, async () => {
      const start = await centered(name);
      expect(generations(start, 4 * SIZE, true).at(-1)).to.deep.equal(start);
    });
  }

  it("gosper shoots a glider every thirty steps", async () => {
    const start = await centered("gosper");
    const seen = generations(start, 60, false);
    expect(population(start)).to.equal(36);
    expect([30, 60].map((step) => population(seen[step] ?? []))).to.deep.equal([41, 46]);
    expect(box(seen[30], 9)).to.deep.equal(box(start, 9));
    expect(box(seen[60], 9)).to.deep.equal(box(start, 9));
  });

  it("gosper shoots gliders that move down and to the right", async () => {
    const seen = generations(await centered("gosper"), 64, false);
    const glider = (step: number) => (seen[step] ?? []).map((line, y) => (y > 38 ? line : ".".repeat(SIZE)));
    expect(population(glider(60))).to.equal(5);
    expect(glider(64)).to.deep.equal(shifted(glider(60), 1, 1));
  });

  it("a dead grid stays dead", () => {
    const dead = toGrid(new Uint8Array(9), 3);
    expect(nextGrid(dead, true)).to.deep.equal(dead);
  });
});

/** The rows that the gun was placed in. */
function box(grid: Grid = [], height: number): Grid {
  const top = Math.floor((SIZE - height) / 2);
  return grid.slice(top, top + height);
}
