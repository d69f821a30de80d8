/** What is known of a cell at a step: a bit for each state that it was seen in, of which there should be one. */
const BITS = { dead: 1, alive: 2 } as const;

/** A cell at a step, in the states in which it was seen: both, if something is wrong. */
export interface Sighting {
  readonly step: number;
  readonly cell: number;
  readonly states: readonly (0 | 1)[];
}

/** Takes down all that one watcher sees of a game, over all of its connections. */
export class Sightings {
  readonly cells: number;
  readonly #seen: Uint8Array[] = [];
  /** How far each cell is known to have come, since the last connection began. */
  readonly #latest: Int32Array;
  #furthest = -1;
  #count = 0;

  /** @param cells how many cells there are */
  constructor(cells: number) {
    this.cells = cells;
    this.#latest = new Int32Array(cells).fill(-1);
  }

  /** How many states were seen, of one for each cell and step. */
  get count(): number {
    return this.#count;
  }

  /** The step that all cells have come to, as the connection that there is has shown it; -1 while it has not shown all of them. */
  get step(): number {
    return this.#latest.reduce((lowest, step) => Math.min(lowest, step));
  }

  /** The furthest that all cells have come, on any connection. */
  get furthest(): number {
    return Math.max(this.#furthest, this.step);
  }

  /** A cell was seen. */
  see(step: number, cell: number, state: 0 | 1): void {
    this.#seen[step] ??= new Uint8Array(this.cells);
    const before = this.#seen[step][cell] ?? 0;
    if (before === 0) this.#count += 1;
    this.#seen[step][cell] = before | (state === 1 ? BITS.alive : BITS.dead);
    this.#latest[cell] = Math.max(step, this.#latest[cell] ?? -1);
  }

  /** The connection was lost: the server need not know again what it has known. */
  forget(): void {
    this.#furthest = this.furthest;
    this.#latest.fill(-1);
  }

  /** All that was seen, step by step. */
  *all(): Generator<Sighting> {
    for (const [step, cells] of this.#seen.entries()) {
      for (const [cell, bits] of cells?.entries() ?? []) {
        if (bits > 0) yield { step, cell, states: statesOf(bits) };
      }
    }
  }

  /** The states in which a cell was seen at a step. */
  statesAt(step: number, cell: number): readonly (0 | 1)[] {
    return statesOf(this.#seen[step]?.[cell] ?? 0);
  }
}

const STATES: readonly (readonly (0 | 1)[])[] = [[], [0], [1], [0, 1]];

function statesOf(bits: number): readonly (0 | 1)[] {
  return STATES[bits] ?? [];
}
