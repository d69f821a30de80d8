import type { GameName } from "./games.ts";

/** How long a game is. */
export interface Length {
  /** Steps that are played before, and not timed. */
  readonly warmUp: number;
  /** Steps that are timed. */
  readonly steps: number;
}

/** How much is played. */
export interface LifeScale {
  readonly lengths: Readonly<Record<GameName, Length>>;
  /** How often, each time with processes of their own. */
  readonly runs: number;
}

/**
 * What the figures of the documentation are measured with. Python compiles nothing while it runs: it needs no warm-up. To a watcher
 * that never reads, more is to be sent than the server keeps for it.
 */
export const FULL: LifeScale = {
  lengths: {
    original: { warmUp: 0, steps: 100 },
    small: { warmUp: 200, steps: 1000 },
    stuck: { warmUp: 200, steps: 1000 },
    large: { warmUp: 20, steps: 80 },
    one: { warmUp: 40, steps: 200 },
    workers: { warmUp: 40, steps: 200 },
    redis: { warmUp: 40, steps: 200 },
  },
  runs: 3,
};

/** For a first look. */
export const QUICK: LifeScale = {
  lengths: {
    original: { warmUp: 0, steps: 20 },
    small: { warmUp: 50, steps: 150 },
    stuck: { warmUp: 50, steps: 150 },
    large: { warmUp: 3, steps: 10 },
    one: { warmUp: 5, steps: 20 },
    workers: { warmUp: 5, steps: 20 },
    redis: { warmUp: 5, steps: 20 },
  },
  runs: 1,
};
