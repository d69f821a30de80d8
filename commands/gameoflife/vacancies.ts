import type { Look } from "./look.ts";

/** In how many looks in a row a cell has to be without a worker: one that has just lost its connection comes back by itself. */
const LOOKS = 2;

/** The same where its worker may be the only one that knows how far the cell has come: longer than that stays away, whatever it meets. */
const LOOKS_FOR_LOST = 20;

/**
 * Finds cells that nobody lives, and that nobody is about to come back to.
 *
 * A server that has forgotten its game knows of a cell again when the cell's worker has come back. Who takes the cell before keeps that
 * worker out, and what it knows is lost: the game would stand still for ever.
 */
export class Vacancies {
  readonly #knowsStart: boolean;
  /** In how many looks in a row each cell has been without a worker. */
  #looks: ReadonlyMap<number, number> = new Map();

  /** @param knowsStart whether it is known what the game began with */
  constructor(knowsStart: boolean) {
    this.#knowsStart = knowsStart;
  }

  /**
   * Takes in a look at the game.
   *
   * @returns the cells that are free to be taken
   */
  see({ step, unlived }: Pick<Look, "step" | "unlived">): number[] {
    const before = this.#looks;
    this.#looks = new Map(unlived.map((cell) => [cell, (before.get(cell) ?? 0) + 1]));
    const needed = this.#looksNeeded(step);
    return unlived.filter((cell) => (this.#looks.get(cell) ?? 0) >= needed);
  }

  #looksNeeded(step: number): number {
    if (step >= 0) return LOOKS;
    return this.#knowsStart ? LOOKS_FOR_LOST : Number.POSITIVE_INFINITY;
  }
}
