/** Counts what came while the page was not seen. */
export interface Unread {
  readonly count: number;
  /** A message came; it counts while the page is hidden. */
  came(): void;
  /** The page is seen, or no longer. */
  see(isSeen: boolean): void;
}

/** Creates the count of a page that has been read to the end. */
export function createUnread(isSeen: boolean): Unread {
  let seen = isSeen;
  let count = 0;
  return {
    get count() {
      return count;
    },
    came() {
      if (!seen) count += 1;
    },
    see(isSeen) {
      seen = isSeen;
      if (seen) count = 0;
    },
  };
}

/** Puts the number of unread messages before a page's title. */
export function titleOf(title: string, count: number): string {
  return count === 0 ? title : `(${count}) ${title}`;
}
