import { once } from "node:events";
import { WebSocket } from "ws";
import type { Grid } from "./reference-life.ts";
import { toGrid } from "./reference-life.ts";

/** Neither alive nor dead: not told. */
const UNTOLD = 2;

/** A watcher that keeps all that it receives. It is a client of `ws` alone, and knows nothing of our code. */
export class GameRecorder {
  readonly #ws: WebSocket;
  readonly #size: number;
  readonly #steps: Uint8Array[] = [];
  #lines = 0;

  private constructor(ws: WebSocket, size: number) {
    this.#ws = ws;
    this.#size = size;
    ws.on("message", (data) => this.#record(String(data)));
  }

  /** Watches a game of that size, which must not have begun. */
  static async open(wsUrl: string, size: number): Promise<GameRecorder> {
    const ws = new WebSocket(`${wsUrl}/watcher/`);
    const recorder = new GameRecorder(ws, size);
    await once(ws, "open");
    return recorder;
  }

  /** Waits until every cell has told so many steps, beginning with 0; gives the grid at each of them. */
  async grids(steps: number): Promise<Grid[]> {
    while (this.#lines < (steps + 1) * this.#size ** 2) await once(this.#ws, "message");
    return this.#steps.map((states) => toGrid(states, this.#size));
  }

  close(): void {
    this.#ws.terminate();
  }

  #record(line: string): void {
    const [, step, row, col, state] = /^(\d+) (\d+) (\d+) ([01])$/.exec(line)?.map(Number) ?? [];
    if (step === undefined || row === undefined || col === undefined || state === undefined) {
      throw new Error(`A watcher received "${line}"`);
    }
    this.#steps[step] ??= new Uint8Array(this.#size ** 2).fill(UNTOLD);
    const cell = row * this.#size + col;
    if (this.#steps[step][cell] !== UNTOLD) throw new Error(`A watcher received a second "${line}"`);
    this.#steps[step][cell] = state;
    this.#lines += 1;
  }
}
