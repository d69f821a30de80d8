import type { Stats } from "../../middleware/index.ts";

/** The counts of a server that has done nothing, but for what is given. */
export function statsOf(rest: Partial<Stats> = {}): Stats {
  return { views: [], handshakes: {}, aborted: 0, closes: {}, paused: 0, slow: 0, closing: false, ...rest };
}
