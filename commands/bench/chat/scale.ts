/** How much is measured. */
export interface ChatScale {
  /** Members of the room. */
  readonly members: number;
  /** Rounds that are not timed. */
  readonly warmUp: number;
  /** Rounds of one message. */
  readonly single: number;
  /** Rounds of {@link AT_ONCE} messages. */
  readonly together: number;
  /** How often, each time with processes of their own. */
  readonly runs: number;
}

/** How many members speak at once in the rounds of several. */
export const AT_ONCE = 10;

/** What the figures of the documentation are measured with. */
export const FULL: ChatScale = { members: 10_000, warmUp: 10, single: 50, together: 10, runs: 3 };

/** For a first look. */
export const QUICK: ChatScale = { members: 1000, warmUp: 5, single: 20, together: 5, runs: 1 };
