/** A square whose side has 2^level cells: at level 0 one cell. Equal squares are one object. */
export interface Square {
  readonly level: number;
  /** How many of its cells are alive. */
  readonly population: number;
  /** @throws TypeError if it is one cell */
  readonly quarters: Quarters;
  readonly id: number;
  /** What its middle, half as wide, is after 2^n steps: by n. */
  readonly futures: Square[];
  /** Another that is kept in the same place. */
  readonly neighbour: Square | undefined;
}

type Quarters = readonly [northWest: Square, northEast: Square, southWest: Square, southEast: Square];

/** Nine squares in three rows. */
type Nine = readonly [Square, Square, Square, Square, Square, Square, Square, Square, Square];

/** Makes squares, each of them once, and knows what becomes of them. */
export interface Squares {
  readonly dead: Square;
  readonly alive: Square;
  join(...quarters: Quarters): Square;
  /** The square in the middle of one twice as wide, with nothing around it. */
  pad(square: Square): Square;
  /** The middle of a square, half as wide. */
  middle(square: Square): Square;
  /** The same after 2^n steps, of which the square has to be four times as wide at least. */
  future(square: Square, n: number): Square;
}

/** In how many places squares are looked for: about as many as there are. A power of 2. */
const PLACES = 2 ** 20;

export function createSquares(): Squares {
  const places = new Array<Square | undefined>(PLACES);
  const dead = makeCell(0);
  const alive = makeCell(1);
  const empties = [dead];
  let count = 2;

  function join(nw: Square, ne: Square, sw: Square, se: Square): Square {
    const place = (nw.id + 11 * ne.id + 101 * sw.id + 1007 * se.id) & (PLACES - 1);
    for (let square = places[place]; square; square = square.neighbour) {
      const [a, b, c, d] = square.quarters;
      if (a === nw && b === ne && c === sw && d === se) return square;
    }
    const made: Square = {
      level: nw.level + 1,
      population: nw.population + ne.population + sw.population + se.population,
      quarters: [nw, ne, sw, se],
      id: count++,
      futures: [],
      neighbour: places[place],
    };
    places[place] = made;
    return made;
  }

  function empty(level: number): Square {
    const found = empties[level];
    if (found) return found;
    const quarter = empty(level - 1);
    const made = join(quarter, quarter, quarter, quarter);
    empties[level] = made;
    return made;
  }

  function pad({ quarters: [nw, ne, sw, se] }: Square): Square {
    const e = empty(nw.level);
    return join(join(e, e, e, nw), join(e, e, ne, e), join(e, sw, e, e), join(se, e, e, e));
  }

  function middle({ quarters: [nw, ne, sw, se] }: Square): Square {
    return join(nw.quarters[3], ne.quarters[2], sw.quarters[1], se.quarters[0]);
  }

  function future(square: Square, n: number): Square {
    if (square.population === 0) return empty(square.level - 1);
    const known = square.futures[n];
    if (known) return known;
    const found = square.level === 2 ? step(square) : compose(square, n);
    square.futures[n] = found;
    return found;
  }

  /** Of so many steps as there can be, half are done on nine overlapping squares, and half on four out of their middles. */
  function compose(square: Square, n: number): Square {
    const inHalves = n === square.level - 2;
    const middles = mapNine(overlapping(square), (part) => (inHalves ? future(part, n - 1) : middle(part)));
    const [nw, ne, sw, se] = fours(middles);
    const rest = inHalves ? n - 1 : n;
    return join(future(nw, rest), future(ne, rest), future(sw, rest), future(se, rest));
  }

  /** The nine squares in a square that are half as wide, each half over the next. */
  function overlapping({ quarters: [nw, ne, sw, se] }: Square): Nine {
    const [, a1, a2, a3] = nw.quarters;
    const [b0, , b2, b3] = ne.quarters;
    const [c0, c1, , c3] = sw.quarters;
    const [d0, d1, d2] = se.quarters;
    const [north, south] = [join(a1, b0, a3, b2), join(c1, d0, c3, d2)];
    const [west, east] = [join(a2, a3, c0, c1), join(b2, b3, d0, d1)];
    return [nw, north, ne, west, join(a3, b2, c1, d0), east, sw, south, se];
  }

  /** Each four of nine that meet at a point. */
  function fours([a, b, c, d, e, f, g, h, i]: Nine): Quarters {
    return [join(a, b, d, e), join(b, c, e, f), join(d, e, g, h), join(e, f, h, i)];
  }

  /** What the middle two by two of four by four cells are after one step. */
  function step({ quarters }: Square): Square {
    const at = (row: number, col: number) =>
      quarters[(row >> 1) * 2 + (col >> 1)]?.quarters[(row & 1) * 2 + (col & 1)]?.population ?? 0;
    const next = (row: number, col: number) => {
      let around = -at(row, col);
      for (let y = row - 1; y <= row + 1; y++) {
        for (let x = col - 1; x <= col + 1; x++) around += at(y, x);
      }
      return around === 3 || (around === 2 && at(row, col) === 1) ? alive : dead;
    };
    return join(next(1, 1), next(1, 2), next(2, 1), next(2, 2));
  }

  return { dead, alive, join, pad, middle, future };
}

function makeCell(population: 0 | 1): Square {
  return {
    level: 0,
    population,
    get quarters(): never {
      throw new TypeError("A cell has no quarters");
    },
    id: population,
    futures: [],
    neighbour: undefined,
  };
}

function mapNine([a, b, c, d, e, f, g, h, i]: Nine, change: (square: Square) => Square): Nine {
  return [change(a), change(b), change(c), change(d), change(e), change(f), change(g), change(h), change(i)];
}
