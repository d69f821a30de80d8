import { type EventEmitter, once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { TIMEOUT } from "./timeouts.ts";

/** Waits for an event; gives its arguments, or rejects with the emitter's error. */
export function until(emitter: EventEmitter | EventTarget, event: string): Promise<unknown[]> {
  const signal = AbortSignal.timeout(TIMEOUT);
  return emitter instanceof EventTarget ? once(emitter, event, { signal }) : once(emitter, event, { signal });
}

/** Waits turn by turn of the event loop for what no event tells. */
export async function untilTrue(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + TIMEOUT;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Never true: ${condition}`);
    await nextTurn();
  }
}
