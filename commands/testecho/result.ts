import { type Latency, latencyOf } from "../latency.ts";
import { mostFrequentFirst } from "./report.ts";
import { failed, finished, type Tally } from "./tally.ts";

/** What was asked of `testecho`, as far as its figures depend on it. */
export interface Setting {
  readonly url: string;
  readonly processes: number;
  /** Seconds that a client waits before each word. */
  readonly delay: number;
}

/** What `testecho --json` gives. */
export interface Result {
  readonly command: "testecho";
  readonly url: string;
  readonly clients: number;
  readonly processes: number;
  readonly delaySeconds: number;
  readonly durationSeconds: number;
  readonly connected: number;
  readonly completed: number;
  readonly failed: number;
  /** Those that were not done when it was interrupted. */
  readonly unfinished: number;
  /** How often one began anew after 1001. */
  readonly returned: number;
  /** How many failed, by cause. */
  readonly failures: Readonly<Record<string, number>>;
  readonly handshakeMs: Latency | null;
  readonly echoMs: Latency | null;
}

/**
 * All figures, for scripts.
 *
 * @param duration of all of it, in milliseconds
 */
export function result(tally: Tally, { url, processes, delay }: Setting, duration: number): Result {
  return {
    command: "testecho",
    url,
    clients: tally.clients,
    processes,
    delaySeconds: delay,
    durationSeconds: Math.round(duration) / 1000,
    connected: tally.connected,
    completed: tally.completed,
    failed: failed(tally),
    unfinished: tally.clients - finished(tally),
    returned: tally.returned,
    failures: Object.fromEntries(mostFrequentFirst(tally.failures)),
    handshakeMs: latencyOf(tally.handshakes),
    echoMs: latencyOf(tally.echoes),
  };
}
