import { recordLatency } from "../latency.ts";
import type { Observer } from "./observer.ts";
import type { Progress } from "./progress.ts";
import { countFailure, type Tally } from "./tally.ts";

/** Counts what becomes of the clients, and shows it. */
export function scoreboard(tally: Tally, progress: Progress): Observer {
  return {
    opened(handshake) {
      recordLatency(tally.handshakes, handshake);
      tally.connected += 1;
      tally.open += 1;
      progress.opened();
    },
    echoed(latency) {
      recordLatency(tally.echoes, latency);
    },
    completed() {
      tally.completed += 1;
    },
    closed() {
      tally.open -= 1;
      progress.closed();
    },
    returned() {
      // It connects once more, and is one client all the same.
      tally.connected -= 1;
      tally.returned += 1;
    },
    failed(cause) {
      countFailure(tally, cause);
    },
  };
}
