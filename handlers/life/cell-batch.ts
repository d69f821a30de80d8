import { encodeUpdates, packCell } from "./cells-protocol.ts";
import type { Update } from "./protocol.ts";

/** Collects the updates of one turn of the event loop into one frame. */
export class CellBatch {
  readonly #send: (frame: Uint8Array) => void;
  #steps = new Map<number, number[]>();

  constructor(send: (frame: Uint8Array) => void) {
    this.#send = send;
  }

  add(size: number, { step, row, col, state }: Update): void {
    if (this.#steps.size === 0) setImmediate(() => this.flush());
    const cells = this.#steps.get(step);
    if (cells) cells.push(packCell(size, row, col, state));
    else this.#steps.set(step, [packCell(size, row, col, state)]);
  }

  flush(): void {
    if (this.#steps.size === 0) return;
    // In the order of steps: where a cell made two in one turn, the later one is to be seen.
    const blocks = [...this.#steps].sort(([a], [b]) => a - b).map(([step, cells]) => ({ step, cells }));
    this.#steps = new Map();
    this.#send(encodeUpdates(blocks));
  }
}
