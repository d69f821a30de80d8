import { broadcast, type Connection } from "../../middleware/index.ts";
import { formatUpdate, type Update } from "./protocol.ts";
import type { StepListener } from "./step-listener.ts";

/** Who listens to one cell: workers that get each of its updates, and those that get whole steps. */
export class Audience {
  readonly #workers = new Set<Connection>();
  /** Each with the bit that this cell has there. */
  readonly #listeners = new Map<StepListener, number>();

  /** Adds a worker that gets each update. */
  add(worker: Connection): void {
    this.#workers.add(worker);
  }

  /** Adds one that gets whole steps. */
  addListener(listener: StepListener, bit: number): void {
    this.#listeners.set(listener, bit);
  }

  delete(worker: Connection, listener: StepListener | undefined): void {
    this.#workers.delete(worker);
    if (listener) this.#listeners.delete(listener);
  }

  tell(update: Update): void {
    if (this.#workers.size > 0) broadcast(this.#workers, formatUpdate(update));
    const { step, state } = update;
    for (const [listener, bit] of this.#listeners) listener.hear(bit, step, state);
  }
}
