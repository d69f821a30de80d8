import type { Standing } from "../../handlers/life/steps-protocol.ts";
import { Cell } from "./cell.ts";
import { Lifeline } from "./lifeline.ts";
import { neighbours } from "./neighbours.ts";
import type { Run } from "./run.ts";

/** The grid whose cells a crew lives. */
export interface Grid {
  /** The side of it, in cells. */
  readonly size: number;
  /** Whether it is a torus. */
  readonly wrap: boolean;
}

/** The cells that one process lives in a run. */
export class Crew {
  readonly #grid: Grid;
  readonly #run: Run;
  readonly #lives = new Map<number, Promise<void>>();
  /** How many have not come to their last step. */
  #playing = 0;
  #refusal: unknown;
  #whenThrough: () => void = () => {};
  #whenBroken: (error: unknown) => void = () => {};
  /** Rejects with what ends the game for all. */
  readonly broken: Promise<never>;

  constructor(grid: Grid, run: Run) {
    this.#grid = grid;
    this.#run = run;
    this.broken = new Promise((_resolve, reject) => {
      this.#whenBroken = reject;
    });
    // It is for whoever waits for it.
    this.broken.catch(() => {});
  }

  /** How many cells it lives. */
  get size(): number {
    return this.#lives.size;
  }

  /** What was said to the last cell that somebody else lives; undefined if none was. */
  get refusal(): unknown {
    return this.#refusal;
  }

  lives(cell: number): boolean {
    return this.#lives.has(cell);
  }

  /**
   * Lives a cell.
   *
   * @param cell `row × size + col`
   * @param standing how far it has come, where that is known
   */
  take(cell: number, standing?: Standing): void {
    const { size, wrap } = this.#grid;
    const [row, col] = [Math.floor(cell / size), cell % size];
    const around = neighbours(row, col, size, wrap);
    const lifeline = new Lifeline(new Cell({ row, col }, around, standing), around, this.#run, cell);
    let isPlaying = true;
    const stop = (): void => {
      if (!isPlaying) return;
      isPlaying = false;
      this.#playing -= 1;
      if (this.#playing === 0) this.#whenThrough();
    };
    this.#playing += 1;
    const life = lifeline.live(stop).then((refusal) => {
      this.#lives.delete(cell);
      this.#refusal = refusal ?? this.#refusal;
      stop();
    });
    life.catch(this.#whenBroken);
    this.#lives.set(cell, life);
  }

  /** Resolves when all cells that it lives have come to their last step. */
  async through(): Promise<void> {
    if (this.#playing > 0)
      await new Promise<void>((resolve) => {
        this.#whenThrough = resolve;
      });
  }

  /** Resolves when all connections are closed; called when the run is over. */
  async gone(): Promise<void> {
    await Promise.all(this.#lives.values());
  }
}
