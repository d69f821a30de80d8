/**
 * Conway's Game of Life as a text book has it, written apart from `commands/` so that the two can be compared: a grid is
 * an array of rows, a row a string of `O` (alive) and `.` (dead).
 */
export type Grid = readonly string[];

/** The grid after one step. With `wrap` it is a torus; else everything outside is dead. */
export function nextGrid(grid: Grid, wrap: boolean): Grid {
  return grid.map((line, y) =>
    Array.from(line, (mark, x) => {
      const count = liveAround(grid, x, y, wrap);
      return count === 3 || (count === 2 && mark === "O") ? "O" : ".";
    }).join(""),
  );
}

/** The grid at step 0, 1, … up to `steps`. */
export function generations(grid: Grid, steps: number, wrap: boolean): Grid[] {
  const all = [grid];
  while (all.length <= steps) all.push(nextGrid(all.at(-1) ?? grid, wrap));
  return all;
}

/** How many cells are alive. */
export function population(grid: Grid): number {
  return grid.join("").replaceAll(".", "").length;
}

/** A grid of one number a cell, row by row. */
export function toGrid(states: ArrayLike<number>, size: number): Grid {
  const marks = Array.from(states, (state) => (state === 1 ? "O" : ".")).join("");
  return Array.from({ length: size }, (_, y) => marks.slice(y * size, (y + 1) * size));
}

/** The grid moved on a torus, by so many cells down and to the right. */
export function shifted(grid: Grid, down: number, right: number): Grid {
  return grid.map((_, y) => {
    const line = grid.at((y - down) % grid.length) ?? "";
    return Array.from(line, (_mark, x) => line.at((x - right) % line.length)).join("");
  });
}

function liveAround(grid: Grid, x: number, y: number, wrap: boolean): number {
  let count = 0;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if ((dx !== 0 || dy !== 0) && markAt(grid, x + dx, y + dy, wrap) === "O") count += 1;
    }
  }
  return count;
}

function markAt(grid: Grid, x: number, y: number, wrap: boolean): string | undefined {
  const height = grid.length;
  const width = grid[0]?.length ?? 0;
  return wrap ? grid[(y + height) % height]?.[(x + width) % width] : grid[y]?.[x];
}
