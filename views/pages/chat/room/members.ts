/** Who is in the room. */
export interface Members {
  readonly count: number;
  /** All of them, by name as the reader's language sorts names. */
  sorted(): string[];
  reset(nicks: readonly string[]): void;
  joined(nick: string): void;
  left(nick: string): void;
}

/** Creates the list of an empty room. */
export function createMembers(locale?: string): Members {
  const { compare } = new Intl.Collator(locale, { sensitivity: "base", numeric: true });
  let nicks = new Set<string>();
  return {
    get count() {
      return nicks.size;
    },
    sorted: () => [...nicks].sort(compare),
    reset(all) {
      nicks = new Set(all);
    },
    joined(nick) {
      nicks.add(nick);
    },
    left(nick) {
      nicks.delete(nick);
    },
  };
}
