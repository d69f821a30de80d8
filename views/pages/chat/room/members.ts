/** Who is in the room. */
export interface Members {
  readonly count: number;
  /** All of them, by name as the reader's language sorts names. */
  readonly sorted: readonly string[];
  reset(nicks: readonly string[]): void;
  joined(nick: string): void;
  left(nick: string): void;
}

/** Creates the list of an empty room. It stays sorted: in a room of thousands one joins or leaves all the time. */
export function createMembers(locale?: string): Members {
  const { compare } = new Intl.Collator(locale, { sensitivity: "base", numeric: true });
  let nicks = new Set<string>();
  let sorted: string[] = [];

  /** The place of a nick that is not there, behind those that sort alike. */
  function placeOf(nick: string): number {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(sorted[middle] ?? "", nick) <= 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  return {
    get count() {
      return nicks.size;
    },
    get sorted() {
      return sorted;
    },
    reset(all) {
      nicks = new Set(all);
      sorted = [...nicks].sort(compare);
    },
    joined(nick) {
      if (nicks.has(nick)) return;
      nicks.add(nick);
      sorted.splice(placeOf(nick), 0, nick);
    },
    left(nick) {
      if (nicks.delete(nick)) sorted.splice(sorted.indexOf(nick), 1);
    },
  };
}
