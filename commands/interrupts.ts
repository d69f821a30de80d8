import { constants } from "node:os";
import { Interruption } from "./errors.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A signal that aborts, with an {@link Interruption} as its reason, at the first Ctrl-C, SIGTERM or SIGHUP.
 *
 * The second one finds no listener any more, and kills the process as it would have without this.
 */
export function interrupts(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.once(name, () => controller.abort(new Interruption(128 + constants.signals[name])));
  }
  return controller.signal;
}

/**
 * Waits for the work, or for the signal to abort.
 *
 * @returns what the work resolves with; rejects with what it rejects with, or with the signal's reason. The work is not
 *   stopped: it is for the process to end then
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
