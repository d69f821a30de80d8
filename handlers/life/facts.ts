import { appendState, historyLength, type Standing, stateAt } from "./steps-protocol.ts";

/** The step of a cell of which nothing is known. */
const UNKNOWN = -1;

/** The history of a cell of which nothing is known. */
const NO_STATES = 1;

/**
 * What is known of the cells of one game: how far each has come, and its last states. That a cell had a state at a step is the same
 * whoever says it, so that what others know can be merged in any order, and more than once.
 */
export class Facts {
  readonly #steps: Int32Array;
  readonly #histories: Uint16Array;

  /** @param cells how many cells there are */
  constructor(cells: number) {
    this.#steps = new Int32Array(cells).fill(UNKNOWN);
    this.#histories = new Uint16Array(cells).fill(NO_STATES);
  }

  /** How many cells there are. */
  get cells(): number {
    return this.#steps.length;
  }

  /** The lowest step of any cell; -1 if nothing is known of one. */
  get lowestStep(): number {
    return this.#steps.reduce((lowest, step) => Math.min(lowest, step));
  }

  /** The latest step that is known of a cell; -1 for none. */
  stepOf(cell: number): number {
    return this.#steps[cell] ?? UNKNOWN;
  }

  /** The last states that are known of a cell, as bits; 1 for none. */
  historyOf(cell: number): number {
    return this.#histories[cell] ?? NO_STATES;
  }

  /** How far a cell has come, as far as is known; undefined if nothing is. */
  standingOf(cell: number): Standing | undefined {
    const step = this.stepOf(cell);
    return step === UNKNOWN ? undefined : { step, history: this.historyOf(cell) };
  }

  /** A cell's state at a step; undefined where it is not known, or not any more. */
  stateAt(cell: number, step: number): 0 | 1 | undefined {
    const standing = this.standingOf(cell);
    return standing && stateAt(standing, step);
  }

  /** A cell is at a step. Where that is not the next one, what was before is forgotten. */
  put(cell: number, step: number, state: 0 | 1): void {
    const isNext = step === this.stepOf(cell) + 1;
    this.#steps[cell] = step;
    this.#histories[cell] = appendState(isNext ? this.historyOf(cell) : NO_STATES, state);
  }

  /**
   * Takes in what somebody else knows of a cell.
   *
   * @returns the steps that were not known before; undefined if it is nothing new
   */
  merge(cell: number, standing: Standing): { readonly first: number; readonly last: number } | undefined {
    const known = this.stepOf(cell);
    const { step, history } = standing;
    if (step < known || (step === known && history <= this.historyOf(cell))) return undefined;
    const isNext = known !== UNKNOWN && stateAt(standing, known + 1) !== undefined;
    if (isNext) this.#follow(cell, known, standing);
    else this.#histories[cell] = history;
    this.#steps[cell] = step;
    if (step === known) return undefined;
    return { first: Math.max(known + 1, step - historyLength(history) + 1), last: step };
  }

  /** Puts what is new behind what is known, so that as much as possible is known. */
  #follow(cell: number, known: number, standing: Standing): void {
    let history = this.historyOf(cell);
    for (let step = known + 1; step <= standing.step; step += 1)
      history = appendState(history, stateAt(standing, step) ?? 0);
    this.#histories[cell] = history;
  }
}
