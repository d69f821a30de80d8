import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { loadPattern } from "../../../commands/gameoflife/load-pattern.ts";
import { placePattern } from "../../../commands/gameoflife/pattern.ts";
import { createPlane, type Plane } from "../../support/hash-life.ts";
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

const FOLDER = new URL("../../../patterns/", import.meta.url);

async function centered(name: string): Promise<Grid> {
  return toGrid(placePattern(await loadPattern(name), SIZE, true), SIZE);
}

/** The pattern on a plane without an end. */
async function alone(name: string): Promise<Plane> {
  return createPlane((await loadPattern(name)).alive);
}

describe("patterns", () => {
  for (const [name, period, cells] of [
    ["blinker", 2, 3],
    ["toad", 2, 6],
    ["beacon", 2, 6],
    ["pulsar", 3, 48],
    ["pentadecathlon", 15, 12],
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

  for (const [name, period, cells, down, right, direction] of [
    ["gosper", 30, 36, 1, 1, "down and to the right"],
    ["gosper-left", 30, 36, 1, -1, "down and to the left"],
    ["simkin", 120, 36, -1, -1, "up and to the left"],
    ["new-gun", 46, 56, 1, 1, "down and to the right"],
  ] as const) {
    it(`${name} shoots a glider every ${period} steps, and is then as it was`, async () => {
      const start = await alone(name);
      expect(start.population).to.equal(cells);
      for (const shot of [1, 2, 3, 10]) {
        const later = start.after(shot * period);
        expect(later.population, `${shot}`).to.equal(cells + 5 * shot);
        expect(later.cells()).to.include.members(start.cells());
      }
    });

    it(`${name} shoots gliders that move ${direction}`, async () => {
      const start = await alone(name);
      const gun = new Set(start.cells());
      const gliders = start
        .after(10 * period)
        .cells()
        .filter((cell) => !gun.has(cell))
        .map(position);
      const moved = gliders.map(({ row, col }) => ({ row: row + down * period, col: col + right * period }));
      expect(
        createPlane(gliders)
          .after(4 * period)
          .cells(),
      ).to.deep.equal(createPlane(moved).cells());
    });
  }

  it("gun-pair lets gliders meet, of which nothing is left", async () => {
    const start = await alone("gun-pair");
    const settled = start.after(360);
    expect(settled.population).to.equal(102);
    expect(settled.cells()).to.include.members(start.cells());
    for (const rounds of [1, 100]) {
      expect(settled.after(30 * rounds).cells()).to.deep.equal(settled.cells());
    }
    expect(settled.after(15).cells()).not.to.deep.equal(settled.cells());
  });

  it("r-pentomino comes to rest at step 1103, with 116 cells alive", async () => {
    const start = await alone("r-pentomino");
    expect(start.population).to.equal(5);
    expectRest(start, 1103, 116);
  });

  it("acorn comes to rest at step 5206, with 633 cells alive", async () => {
    const start = await alone("acorn");
    expect(start.population).to.equal(7);
    expectRest(start, 5206, 633);
  });

  it("diehard is gone at step 130, and not before", async () => {
    const start = await alone("diehard");
    expect([0, 129, 130, 131].map((step) => start.after(step).population)).to.deep.equal([7, 2, 0, 0]);
  });

  it("max fills the plane: its population grows with the square of time, by a cell in four", async () => {
    const start = await alone("max");
    expect(start.population).to.equal(187);
    const populations = Array.from({ length: 8 }, (_, round) => start.after(100 * round).population);
    // A population of t²/4 has the second difference 2 × 100² / 4.
    const [, ...later] = differences(differences(populations));
    expect([...new Set(later)]).to.deep.equal([5000]);
  });

  it("breeder fits a grid of 100×100, and has 20 cells", async () => {
    const { width, height, alive } = await loadPattern("breeder");
    expect({ width, height, cells: alive.length }).to.deep.equal({ width: 97, height: 33, cells: 20 });
  });

  it("a dead grid stays dead", () => {
    const dead = toGrid(new Uint8Array(9), 3);
    expect(nextGrid(dead, true)).to.deep.equal(dead);
  });

  for (const name of readdirSync(FOLDER)) {
    it(`${name} says its name and who found it`, () => {
      const [title, author] = readFileSync(new URL(name, FOLDER), "utf8").split("\n");
      expect(title).to.match(/^!Name: \S/);
      expect(author).to.match(/^!Author: (\S.*, (19|20)\d\d|discoverer unknown)$/);
    });
  }
});

describe("the two references", () => {
  it("agree", async () => {
    const start = toGrid(placePattern(await loadPattern("r-pentomino"), SIZE, true), SIZE);
    const plane = createPlane(livingCells(start));
    for (const [step, grid] of generations(start, 64, false).entries()) {
      expect(plane.after(step).cells(), `${step}`).to.deep.equal(
        livingCells(grid).map(({ row, col }) => `${row} ${col}`),
      );
    }
  });
});

/** From a step on only still lifes, blinkers and gliders are left, which keep their number of cells; and not before. */
function expectRest(start: Plane, step: number, cells: number): void {
  const before = start.after(step - 1);
  const rest = before.after(1);
  expect(before.population).not.to.equal(cells);
  for (const later of [0, 1, 2, 3, 4, 100, 1001])
    expect(rest.after(later).population, `+${later}`).to.equal(cells);
}

function differences(numbers: readonly number[]): number[] {
  return numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
}

function livingCells(grid: Grid): { row: number; col: number }[] {
  return grid.flatMap((line, row) =>
    Array.from(line).flatMap((mark, col) => (mark === "O" ? [{ row, col }] : [])),
  );
}

function position(cell: string): { row: number; col: number } {
  const [row = 0, col = 0] = cell.split(" ").map(Number);
  return { row, col };
}
