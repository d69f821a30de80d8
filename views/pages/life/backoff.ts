/** How long to wait before each attempt to reconnect. */
export interface Backoff {
  /** Returns the next delay, in milliseconds. */
  next(): number;
  /** Starts over: the connection works again. */
  reset(): void;
}

/** What {@link createBackoff} can be told. */
export interface BackoffOptions {
  /** The first delay's upper bound, in milliseconds (500). */
  readonly first?: number;
  /** The upper bound that no delay exceeds, in milliseconds (15,000). */
  readonly most?: number;
  /** Returns a number from 0 up to, but not including, 1 (`Math.random`). */
  readonly random?: () => number;
}

/**
 * Creates a jittered exponential back-off: an upper bound that doubles each time, and a delay anywhere in its upper
 * half, so that pages which lost one server do not all come back to it in the same moment.
 */
export function createBackoff(options: BackoffOptions = {}): Backoff {
  const { first = 500, most = 15_000, random = Math.random } = options;
  let bound = first;
  return {
    next() {
      const delay = bound * (0.5 + random() / 2);
      bound = Math.min(bound * 2, most);
      return delay;
    },
    reset() {
      bound = first;
    },
  };
}
