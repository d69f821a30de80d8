import type { Connection } from "../../middleware/index.ts";
import type { Facts } from "./facts.ts";
import { formatStates } from "./steps-protocol.ts";

/** Try Again Later (IANA WebSocket close codes). */
const TRY_AGAIN_LATER = 1013;

/**
 * A worker that hears whole steps: gathers the states of the cells that it listens to, and sends it each step as soon as it is
 * complete. Steps leave in order, once each, from the one where the worker stands.
 *
 * A cell that listens to the worker's own is one step ahead of what the worker heard and no more, so that two steps are all there is
 * to keep; as bits, for with thousands of workers it is memory that is waited for, and this lies in one place. A worker that has
 * come back can be behind by more: what was too early to be kept is looked up in the facts when its time has come.
 */
export class StepListener {
  readonly #worker: Connection;
  readonly #facts: Facts;
  readonly #cells: readonly number[];
  /** A bit for each cell: 1 for the first, 2 for the second, and so on. */
  readonly #everyone: number;
  #step: number;
  /** Who has told of this step, and who of them is alive. */
  #told = 0;
  #alive = 0;
  /** The same of the next step. */
  #toldNext = 0;
  #aliveNext = 0;
  /** Whether somebody has told of a step after that. */
  #isBehind = false;

  /**
   * @param facts what is known of all cells: whatever is heard is there already
   * @param cells those that it listens to, at most MAX_HEARD
   * @param step the first one that it hears, at once if it is known
   */
  constructor(worker: Connection, facts: Facts, cells: readonly number[], step: number) {
    this.#worker = worker;
    this.#facts = facts;
    this.#cells = cells;
    this.#everyone = 2 ** cells.length - 1;
    this.#step = step;
    this.#gather();
    this.#pass();
  }

  /** Takes in the state of the cell of that bit. What it has told before is not heard again. */
  hear(bit: number, step: number, state: 0 | 1): void {
    if (step === this.#step) {
      if (this.#told & bit) return;
      this.#told |= bit;
      if (state === 1) this.#alive |= bit;
      this.#pass();
    } else if (step === this.#step + 1) {
      if (this.#toldNext & bit) return;
      this.#toldNext |= bit;
      if (state === 1) this.#aliveNext |= bit;
    } else if (step > this.#step) {
      this.#isBehind = true;
    }
  }

  #pass(): void {
    while (this.#told === this.#everyone && this.#everyone !== 0) {
      void this.#worker.send(formatStates(this.#step, this.#alive));
      this.#step += 1;
      this.#told = this.#toldNext;
      this.#alive = this.#aliveNext;
      this.#toldNext = 0;
      this.#aliveNext = 0;
      if (this.#isBehind) this.#gather();
    }
  }

  /** Looks up what is known of this step and the next. A worker for whom that is too long ago has to come again. */
  #gather(): void {
    this.#isBehind = false;
    for (const [index, cell] of this.#cells.entries()) {
      const latest = this.#facts.stepOf(cell);
      if (latest < this.#step) continue;
      const bit = 2 ** index;
      const state = this.#facts.stateAt(cell, this.#step);
      if (state === undefined) return void this.#worker.close(TRY_AGAIN_LATER, "Too far behind: come again");
      this.#told |= bit;
      if (state === 1) this.#alive |= bit;
      if (latest > this.#step) this.#toldNext |= bit;
      if (this.#facts.stateAt(cell, this.#step + 1) === 1) this.#aliveNext |= bit;
      if (latest > this.#step + 1) this.#isBehind = true;
    }
  }
}
