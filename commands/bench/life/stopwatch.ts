import type { Progress } from "../../gameoflife/progress.ts";
import type { Length } from "./scale.ts";

/**
 * The progress of a game, timed from when all cells have told the last step of the warm-up until all have told the last one.
 *
 * It counts updates, and asks no timer: what connecting takes is not in it.
 */
export class Stopwatch implements Progress {
  connected = 0;
  subscribed = 0;
  readonly #start: number;
  readonly #end: number;
  #updates = 0;
  #startedAt = Number.NaN;
  #endedAt = Number.NaN;

  constructor(cells: number, { warmUp, steps }: Length) {
    this.#start = cells * (warmUp + 1);
    this.#end = cells * (warmUp + steps + 1);
  }

  get updates(): number {
    return this.#updates;
  }

  set updates(updates: number) {
    this.#updates = updates;
    if (updates === this.#start) this.#startedAt = performance.now();
    if (updates === this.#end) this.#endedAt = performance.now();
  }

  /** What the timed steps took; NaN before they have been played. */
  get seconds(): number {
    return (this.#endedAt - this.#startedAt) / 1000;
  }
}
