import { type Connection, WebSocketError } from "../../middleware/index.ts";
import { formatStates, MAX_HEARD } from "./protocol.ts";

/** Policy Violation (RFC 6455 §7.4.1). */
const POLICY_VIOLATION = 1008;

/**
 * A worker that hears whole steps: gathers the states of the cells that it listens to, and sends it each step as soon as it is
 * complete. Steps leave in order, from 0, once each.
 *
 * A cell that listens to the worker's own can be one step ahead of what the worker heard and no more, so that two steps are all
 * there is to keep. They are kept as bits: with thousands of workers it is memory that is waited for, and this lies in one place.
 */
export class StepListener {
  readonly #worker: Connection;
  /** A bit for each cell. */
  #everyone = 0;
  #step = 0;
  /** Who has told of this step, and who of them is alive. */
  #told = 0;
  #alive = 0;
  /** The same of the next step. */
  #toldNext = 0;
  #aliveNext = 0;

  constructor(worker: Connection) {
    this.#worker = worker;
  }

  /**
   * Adds a cell, before any has told its state; gives its bit: 1, 2, 4 and so on.
   *
   * @throws WebSocketError 1008 if there are as many as a line can tell of
   */
  add(): number {
    const bit = this.#everyone + 1;
    if (bit === 2 ** MAX_HEARD)
      throw new WebSocketError(POLICY_VIOLATION, `In steps one hears of ${MAX_HEARD} cells at most`);
    this.#everyone |= bit;
    return bit;
  }

  /** Takes in the state of the cell of that bit. What it has told before is not heard again. */
  hear(bit: number, step: number, state: 0 | 1): void {
    if (step === this.#step) {
      if (this.#told & bit) return;
      this.#told |= bit;
      if (state === 1) this.#alive |= bit;
      while (this.#told === this.#everyone) this.#pass();
    } else if (step === this.#step + 1) {
      if (this.#toldNext & bit) return;
      this.#toldNext |= bit;
      if (state === 1) this.#aliveNext |= bit;
    } else if (step > this.#step) {
      this.#worker.close(POLICY_VIOLATION, `Heard of step ${step} before step ${this.#step} was complete`);
    }
  }

  #pass(): void {
    void this.#worker.send(formatStates(this.#step, this.#alive));
    this.#step += 1;
    this.#told = this.#toldNext;
    this.#alive = this.#aliveNext;
    this.#toldNext = 0;
    this.#aliveNext = 0;
  }
}
