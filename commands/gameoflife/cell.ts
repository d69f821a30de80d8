import type { Update } from "../../handlers/life/protocol.ts";
import { appendState, type Standing } from "../../handlers/life/steps-protocol.ts";
import { ProtocolError } from "../errors.ts";
import type { Neighbour } from "./neighbours.ts";
import type { Position } from "./pattern.ts";

interface Slot {
  readonly row: number;
  readonly col: number;
  readonly bit: number;
}

/** Where a cell stands of which that is not known. */
const NOWHERE: Standing = { step: -1, history: 1 };

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
  /** How many of the places around the cell each neighbour takes. */
  readonly #weights: readonly number[];
  /** A bit for each neighbour. */
  readonly #everyone: number;
  #step: number;
  /** The last states, as bits: see `steps-protocol.ts`. */
  #history: number;
  /** Who has told their states at this step, and who of them is alive. */
  #told = 0;
  #alive = 0;
  /** The same of the next step. */
  #toldNext = 0;
  #aliveNext = 0;

  /** @param standing how far it has come, where that is known */
  constructor({ row, col }: Position, neighbours: readonly Neighbour[], standing = NOWHERE) {
    this.row = row;
    this.col = col;
    this.#slots = neighbours.map(({ row, col }, index) => ({ row, col, bit: 2 ** index }));
    this.#weights = neighbours.map(({ weight }) => weight);
    this.#everyone = 2 ** neighbours.length - 1;
    this.#step = standing.step;
    this.#history = standing.history;
  }

  /** The step that the cell is at; -1 where that is not known. */
  get step(): number {
    return this.#step;
  }

  /** The cell's state at that step: 1 alive, 0 dead. */
  get state(): 0 | 1 {
    return (this.#history & 1) === 1 && this.#step >= 0 ? 1 : 0;
  }

  /** How far the cell has come; undefined where that is not known. */
  get standing(): Standing | undefined {
    return this.#step < 0 ? undefined : { step: this.#step, history: this.#history };
  }

  /** Whether all neighbours told their states at this step, so that the next one can be taken. */
  get isDue(): boolean {
    return this.#told === this.#everyone;
  }

  /**
   * Takes in a neighbour's state.
   *
   * @throws ProtocolError if it comes from no neighbour, a second time, or from a step other than this one and the next
   */
  receive({ step, row, col, state }: Update): void {
    const bit = this.#bitOf(row, col);
    const alive = state === 1 ? bit : 0;
    if (bit !== 0 && step === this.#step && (this.#told & bit) === 0) {
      this.#told |= bit;
      this.#alive |= alive;
    } else if (bit !== 0 && step === this.#step + 1 && (this.#toldNext & bit) === 0) {
      this.#toldNext |= bit;
      this.#aliveNext |= alive;
    } else {
      throw new ProtocolError(
        `cell ${this.row} ${this.col} at step ${this.#step} received ${step} ${row} ${col} ${state}`,
      );
    }
  }

  /**
   * Takes in the states of all neighbours: a bit for each, the first one's the lowest.
   *
   * @throws ProtocolError if they are of another step, a second time, or of more neighbours than there are
   */
  receiveAll(step: number, states: number): void {
    if (step !== this.#step || this.#told !== 0 || states > this.#everyone) {
      throw new ProtocolError(
        `cell ${this.row} ${this.col} at step ${this.#step} received ${step} ${states}`,
      );
    }
    this.#told = this.#everyone;
    this.#alive = states;
  }

  /** Takes the next step, by Conway's rule: a cell is born with three live neighbours and survives with two or three. */
  advance(): void {
    const alive = this.#countAlive();
    const isAlive = alive === 3 || (alive === 2 && (this.#history & 1) === 1);
    this.#history = appendState(this.#history, isAlive ? 1 : 0);
    this.#step += 1;
    this.#told = this.#toldNext;
    this.#alive = this.#aliveNext;
    this.#toldNext = 0;
    this.#aliveNext = 0;
  }

  /**
   * Begins anew to hear of its neighbours, on another connection.
   *
   * @param standing where the cell is now; where it was by default
   */
  goOn({ step, history }: Standing = { step: this.#step, history: this.#history }): void {
    this.#step = step;
    this.#history = history;
    this.#told = 0;
    this.#alive = 0;
    this.#toldNext = 0;
    this.#aliveNext = 0;
  }

  #countAlive(): number {
    let count = 0;
    for (let index = 0, bits = this.#alive; bits !== 0; index += 1, bits >>>= 1) {
      if (bits & 1) count += this.#weights[index] ?? 0;
    }
    return count;
  }

  /** The bit of the neighbour there; 0 if there is none. A loop is faster than a map for eight neighbours at most. */
  #bitOf(row: number, col: number): number {
    for (const slot of this.#slots) {
      if (slot.row === row && slot.col === col) return slot.bit;
    }
    return 0;
  }
}

/** How far a cell has come at the beginning of a game. */
export function atStart(state: number | undefined): Standing {
  return { step: 0, history: appendState(NOWHERE.history, state === 1 ? 1 : 0) };
}
