import { formatUpdate, type Update } from "./protocol.ts";

/** Collects the updates of one turn of the event loop: as lines that are made and sent together they take less time. */
export class LineBatch {
  readonly #send: (lines: readonly string[]) => void;
  #updates: Update[] = [];

  constructor(send: (lines: readonly string[]) => void) {
    this.#send = send;
  }

  add(update: Update): void {
    if (this.#updates.push(update) === 1) setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#updates.length === 0) return;
    const updates = this.#updates;
    this.#updates = [];
    this.#send(updates.map(formatUpdate));
  }
}
