/** How far from its end a history still counts as read to the end, in pixels. */
const NEAR_END = 48;

/** A box that is scrolled, which stays at its end while it is there, and otherwise where its reader is. */
export interface Scroller {
  /** Whether the reader sees the end. */
  readonly isAtEnd: boolean;
  /** Whether so little is left above that more is to be loaded. */
  readonly isNearStart: boolean;
  toEnd(): void;
  /** Runs what adds or removes something; the end stays in sight if it was. */
  change(change: () => void): void;
  /** Runs what adds or removes something above what the reader sees, which stays where it is. */
  changeAbove(change: () => void): void;
}

/**
 * Creates the scroller of a box.
 *
 * @param onScroll - told when the reader has scrolled, or the end has come into sight
 */
export function createScroller(box: HTMLElement, onScroll: () => void): Scroller {
  let isAtEnd = true;

  function toEnd(): void {
    isAtEnd = true;
    box.scrollTop = box.scrollHeight;
  }

  box.addEventListener(
    "scroll",
    () => {
      isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
      onScroll();
    },
    { passive: true },
  );
  // An on-screen keyboard, a growing field for text, a turned phone.
  new ResizeObserver(() => isAtEnd && toEnd()).observe(box);

  return {
    get isAtEnd() {
      return isAtEnd;
    },
    get isNearStart() {
      return box.scrollTop < box.clientHeight;
    },
    toEnd,
    change(change) {
      const wasAtEnd = isAtEnd;
      change();
      if (wasAtEnd) toEnd();
    },
    changeAbove(change) {
      const below = box.scrollHeight - box.scrollTop;
      change();
      box.scrollTop = box.scrollHeight - below;
    },
  };
}
