import type { Update } from "../../handlers/life/protocol.ts";
import { ProtocolError } from "../errors.ts";
import type { Neighbour } from "./neighbours.ts";
import type { Position } from "./pattern.ts";

/** What a cell knows of its neighbours' states at one step. */
interface Round {
  /** A bit for each neighbour that has not told its state. */
  missing: number;
  /** How many of the places around the cell are alive, as far as it knows. */
  alive: number;
}

interface Slot {
  readonly row: number;
  readonly col: number;
  readonly bit: number;
  readonly weight: number;
}

/**
 * One cell of a game: its state at the step that it last told, and what its neighbours told since. It does no I/O.
 *
 * A neighbour can be one step ahead and no more: for two, it would need this cell's next state. So two rounds are all there
 * is to keep.
 */
export class Cell {
  readonly row: number;
  readonly col: number;
  readonly #slots: readonly Slot[];
  readonly #everyone: number;
  #step = 0;
  #state: 0 | 1;
  #current: Round;
  #next: Round;

  constructor({ row, col }: Position, state: 0 | 1, neighbours: readonly Neighbour[]) {
    this.row = row;
    this.col = col;
    this.#slots = neighbours.map(({ row, col, weight }, index) => ({ row, col, weight, bit: 2 ** index }));
    this.#everyone = 2 ** neighbours.length - 1;
    this.#state = state;
    this.#current = { missing: this.#everyone, alive: 0 };
    this.#next = { missing: this.#everyone, alive: 0 };
  }

  /** The step that the cell is at. */
  get step(): number {
    return this.#step;
  }

  /** The cell's state at that step: 1 alive, 0 dead. */
  get state(): 0 | 1 {
    return this.#state;
  }

  /** Whether all neighbours told their states at this step, so that the next one can be taken. */
  get isDue(): boolean {
    return this.#current.missing === 0;
  }

  /**
   * Takes in a neighbour's state.
   *
   * @throws ProtocolError if it comes from no neighbour, a second time, or from a step other than this one and the next
   */
  receive({ step, row, col, state }: Update): void {
    const slot = this.#slotOf(row, col);
    const round = step === this.#step ? this.#current : step === this.#step + 1 ? this.#next : undefined;
    if (!slot || !round || (round.missing & slot.bit) === 0) {
      throw new ProtocolError(
        `cell ${this.row} ${this.col} at step ${this.#step} received ${step} ${row} ${col} ${state}`,
      );
    }
    round.missing ^= slot.bit;
    round.alive += state * slot.weight;
  }

  /** Takes the next step, by Conway's rule: a cell is born with three live neighbours and survives with two or three. */
  advance(): void {
    const round = this.#current;
    this.#state = round.alive === 3 || (round.alive === 2 && this.#state === 1) ? 1 : 0;
    this.#step += 1;
    this.#current = this.#next;
    this.#next = round;
    round.missing = this.#everyone;
    round.alive = 0;
  }

  /** A loop, which is faster than a map for eight neighbours at most. */
  #slotOf(row: number, col: number): Slot | undefined {
    for (const slot of this.#slots) {
      if (slot.row === row && slot.col === col) return slot;
    }
    return undefined;
  }
}
