import type { Progress } from "./progress.ts";

/**
 * The progress of cells, which times their steps: from when they have told as many states as a step takes all of them until
 * they have told as many again.
 */
export class StepClock implements Progress {
  connected = 0;
  subscribed = 0;
  readonly #cells: number;
  readonly #stepped: (milliseconds: number) => void;
  #updates = 0;
  /** When the step began that is being told; undefined if that is not known. */
  #begunAt: number | undefined;
  #isIdle = false;

  /** @param stepped told how many milliseconds each step took */
  constructor(cells: number, stepped: (milliseconds: number) => void) {
    this.#cells = cells;
    this.#stepped = stepped;
  }

  get updates(): number {
    return this.#updates;
  }

  set updates(updates: number) {
    // A cell that is lived anew brings all of its steps at once.
    if (updates > this.#updates + 1) this.#begunAt = undefined;
    const isOneMore = updates === this.#updates + 1;
    this.#updates = updates;
    if (isOneMore && updates % this.#cells === 0 && !this.#isIdle) this.#tick(performance.now());
  }

  timedElsewhere(): (milliseconds: number) => void {
    this.#isIdle = true;
    return this.#stepped;
  }

  #tick(now: number): void {
    if (this.#begunAt !== undefined) this.#stepped(now - this.#begunAt);
    this.#begunAt = now;
  }
}
