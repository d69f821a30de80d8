/** Counts the live cells of each step: cells reach it one by one, and some a step earlier than others. */
export interface Census {
  /** Takes cells that have reached a step; returns how many live in it once all cells have told, else undefined. */
  count(step: number, cells: ArrayLike<number>): number | undefined;
}

/**
 * Creates a census of so many cells.
 *
 * A step of which some have told before one listened is never complete, and forgotten when a later one is.
 */
export function createCensus(size: number): Census {
  const tallies = new Map<number, { told: number; alive: number }>();

  function tally(step: number) {
    const tally = tallies.get(step) ?? { told: 0, alive: 0 };
    tallies.set(step, tally);
    return tally;
  }

  function forget(last: number): void {
    for (const step of tallies.keys()) if (step <= last) tallies.delete(step);
  }

  return {
    count(step, cells) {
      const now = tally(step);
      now.told += cells.length;
      for (let i = 0; i < cells.length; i++) now.alive += (cells[i] ?? 0) & 1;
      if (now.told < size) return undefined;
      forget(step);
      return now.alive;
    },
  };
}
