/** How many cells lived at a step. */
export interface Count {
  readonly step: number;
  readonly population: number;
}

/** How the population went over a whole game, at so many steps at most. */
export interface History {
  /** In the order of steps; the latest is always among them. */
  readonly counts: readonly Count[];
  readonly latest: Count | undefined;
  /** Takes note of a step that is later than all before. */
  add(count: Count): void;
}

/**
 * Creates a history of a game that may last for ever: when there are too many steps, every other one is dropped.
 *
 * @param most - how many steps are kept
 */
export function createHistory(most = 400): History {
  let counts: Count[] = [];
  let latest: Count | undefined;
  let stride = 1;

  const isKept = ({ step }: Count) => step % stride === 0;

  function thin(): void {
    while (counts.length >= most) {
      stride *= 2;
      counts = counts.filter(isKept);
    }
  }

  return {
    get counts() {
      return latest && latest !== counts.at(-1) ? [...counts, latest] : counts;
    },
    get latest() {
      return latest;
    },
    add(count) {
      latest = count;
      if (!isKept(count)) return;
      counts.push(count);
      thin();
    },
  };
}
