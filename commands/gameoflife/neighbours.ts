import type { Position } from "./pattern.ts";

/** A cell whose state counts for another's next state. */
export interface Neighbour extends Position {
  /** How many of the eight places around the cell it takes. */
  readonly weight: number;
}

/**
 * The neighbours of a cell on a square grid.
 *
 * With `wrap` the grid is a torus: what leaves it on one side comes in on the other. On a small torus a neighbour takes
 * several places around the cell and counts as often: with two rows the one above is also the one below. The only cell
 * of a torus of size 1 is its own neighbour, eight times.
 */
export function neighbours(row: number, col: number, size: number, wrap: boolean): Neighbour[] {
  const found = new Map<number, Neighbour>();
  for (const place of placesAround(row, col)) {
    const cell = wrap ? { row: modulo(place.row, size), col: modulo(place.col, size) } : place;
    if (!isOnGrid(cell.row, size) || !isOnGrid(cell.col, size)) continue;
    const key = cell.row * size + cell.col;
    found.set(key, { ...cell, weight: (found.get(key)?.weight ?? 0) + 1 });
  }
  return [...found.values()];
}

function placesAround(row: number, col: number): Position[] {
  const steps = [-1, 0, 1];
  return steps
    .flatMap((down) => steps.map((right) => ({ row: row + down, col: col + right })))
    .filter((place) => place.row !== row || place.col !== col);
}

function modulo(value: number, size: number): number {
  return (value + size) % size;
}

function isOnGrid(value: number, size: number): boolean {
  return value >= 0 && value < size;
}
