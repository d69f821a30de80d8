import type { Grid } from "../../support/reference-life.ts";

/** What must not be. */
export const VIOLATIONS = ["wrong", "unfinished"] as const;

export type Violation = (typeof VIOLATIONS)[number];

/** What was found wrong, in a sentence. */
export interface Finding {
  readonly violation: Violation;
  readonly what: string;
}

/** How many findings are kept. */
const KEPT = 1000;

/**
 * Holds what watchers see against the reference:
 *
 * - **wrong**: a cell was seen at a step in another state than it has there.
 * - **unfinished**: a server did not show a cell at its last step, or whoever played did not end well.
 */
export class Check {
  readonly #reference: readonly Grid[];
  readonly #size: number;
  /** The latest step of each cell that each watcher has seen. */
  readonly #latest: Int32Array[];
  readonly #findings: Finding[] = [];
  #seen = 0;

  /**
   * @param reference the grid at each step
   * @param watchers how many watch
   */
  constructor(reference: readonly Grid[], watchers: number) {
    this.#reference = reference;
    this.#size = reference[0]?.length ?? 0;
    this.#latest = Array.from({ length: watchers }, () => new Int32Array(this.#size ** 2).fill(-1));
  }

  /** How often a cell was seen at a step, by any watcher. */
  get seen(): number {
    return this.#seen;
  }

  /** What was found by now: a thousand findings at most. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** The step that all cells have come to, as far as any watcher has seen; -1 at first. */
  get lowestStep(): number {
    const [first = new Int32Array(1).fill(-1), ...others] = this.#latest;
    return first.reduce(
      (lowest, step, cell) => Math.min(lowest, Math.max(step, ...others.map((latest) => latest[cell] ?? -1))),
      Number.POSITIVE_INFINITY,
    );
  }

  /** A watcher sees a cell. */
  see(
    watcher: number,
    { step, row, col, state }: { step: number; row: number; col: number; state: 0 | 1 },
  ): void {
    this.#seen += 1;
    const latest = this.#latest[watcher];
    const cell = row * this.#size + col;
    if (latest) latest[cell] = Math.max(latest[cell] ?? -1, step);
    const mark = this.#reference[step]?.[row]?.[col];
    if (mark !== (state === 1 ? "O" : "."))
      this.#find(
        "wrong",
        `watcher ${watcher} saw cell ${row} ${col} at step ${step} as ${state}, not ${mark}`,
      );
  }

  /** Whether a watcher has seen all cells at the last step. */
  isThrough(watcher: number): boolean {
    return (this.#latest[watcher] ?? []).every((step) => step === this.#reference.length - 1);
  }

  /** Looks at the end, when nothing more is to come. */
  close(outcome: { readonly code: number | null; readonly stderr: string }): void {
    if (outcome.code !== 0)
      this.#find("unfinished", `the game ended with ${outcome.code}: ${outcome.stderr}`);
    for (const [watcher, latest] of this.#latest.entries()) {
      const behind = latest.findIndex((step) => step !== this.#reference.length - 1);
      if (behind >= 0)
        this.#find("unfinished", `watcher ${watcher} saw cell ${behind} last at step ${latest[behind]}`);
    }
  }

  #find(violation: Violation, what: string): void {
    if (this.#findings.length < KEPT) this.#findings.push({ violation, what });
  }
}
