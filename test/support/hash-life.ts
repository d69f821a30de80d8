import { createSquares, type Square, type Squares } from "./life-squares.ts";

/**
 * Conway's Game of Life on an unbounded plane, after R. W. Gosper's hashlife (1984): a square consists of four quarters, equal squares
 * are one object, and each remembers what its middle becomes. A pattern that repeats itself takes a million steps in a second.
 */
export interface Plane {
  /** How many cells are alive. */
  readonly population: number;
  /** The plane after so many steps. */
  after(steps: number): Plane;
  /** The live cells as `ROW COL`, row by row. */
  cells(): string[];
}

/** A square of the plane: its top left corner is in the row `origin` and in the column of the same number. */
interface Window {
  readonly square: Square;
  readonly origin: number;
}

/** Makes a plane on which these cells are alive, and no others. */
export function createPlane(alive: readonly { readonly row: number; readonly col: number }[]): Plane {
  const squares = createSquares();
  const living = new Set(alive.map(({ row, col }) => `${row} ${col}`));
  const origin = Math.min(0, ...alive.map(({ row, col }) => Math.min(row, col)));
  const side = Math.max(4, ...alive.map(({ row, col }) => Math.max(row, col) + 1 - origin));

  function build(level: number, row: number, col: number): Square {
    if (level === 0) return living.has(`${row} ${col}`) ? squares.alive : squares.dead;
    const half = 2 ** (level - 1);
    const quarter = (down: number, right: number) => build(level - 1, row + down * half, col + right * half);
    return squares.join(quarter(0, 0), quarter(0, 1), quarter(1, 0), quarter(1, 1));
  }

  return planeOf(squares, { square: build(Math.ceil(Math.log2(side)), origin, origin), origin });
}

function planeOf(squares: Squares, window: Window): Plane {
  return {
    population: window.square.population,
    after(steps) {
      let now = window;
      for (let n = 0; 2 ** n <= steps; n++) {
        if (Math.floor(steps / 2 ** n) % 2 === 1) now = leap(squares, now, n);
      }
      return planeOf(squares, now);
    },
    cells() {
      const places = [...livingCells(window.square, window.origin, window.origin)];
      return places.sort(([a, b], [c, d]) => a - c || b - d).map(([row, col]) => `${row} ${col}`);
    },
  };
}

/** Takes 2^n steps, in a window so wide that nothing leaves its middle meanwhile. */
function leap(squares: Squares, window: Window, n: number): Window {
  let wide = pad(squares, pad(squares, window));
  while (wide.square.level < n + 3) wide = pad(squares, wide);
  const { square, origin } = wide;
  return trim(squares, { square: squares.future(square, n), origin: origin + 2 ** (square.level - 2) });
}

function pad(squares: Squares, { square, origin }: Window): Window {
  return { square: squares.pad(square), origin: origin - 2 ** (square.level - 1) };
}

/** Makes a window as narrow as it can be without leaving a live cell. */
function trim(squares: Squares, window: Window): Window {
  const { square, origin } = window;
  if (square.level <= 2) return window;
  const middle = squares.middle(square);
  if (middle.population < square.population) return window;
  return trim(squares, { square: middle, origin: origin + 2 ** (square.level - 2) });
}

function* livingCells(square: Square, row: number, col: number): Generator<[row: number, col: number]> {
  if (square.population === 0) return;
  if (square.level === 0) {
    yield [row, col];
    return;
  }
  const half = 2 ** (square.level - 1);
  for (const [index, quarter] of square.quarters.entries()) {
    yield* livingCells(quarter, row + (index >> 1) * half, col + (index & 1) * half);
  }
}
