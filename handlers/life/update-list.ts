import { packCell, unpackCell } from "./cells-protocol.ts";
import { formatUpdate, type Update } from "./protocol.ts";

/** Updates of one game in the order in which they came, kept in 16 bytes each. */
export class UpdateList {
  /** The side of the grid, in cells. */
  readonly size: number;
  readonly #steps: number[] = [];
  readonly #cells: number[] = [];

  constructor(size: number) {
    this.size = size;
  }

  get length(): number {
    return this.#steps.length;
  }

  push({ step, row, col, state }: Update): void {
    this.#steps.push(step);
    this.#cells.push(packCell(this.size, row, col, state));
  }

  toLines(): string[] {
    return this.#cells.map((cell, index) => {
      const step = this.#steps[index] ?? 0;
      return formatUpdate({ step, ...unpackCell(this.size, cell) });
    });
  }
}
