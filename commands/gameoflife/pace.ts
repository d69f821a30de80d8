import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when a cell may take the step; undefined where it may at once. */
export type Pace = (step: number) => Promise<void> | undefined;

/**
 * Keeps all cells of a game to so many steps per second at most. A cell waits only if it is ahead of that pace, and time
 * that was lost is not made up for.
 */
export function pace(speed: number): Pace {
  const interval = 1000 / speed;
  let latest = -1;
  let due = Number.NEGATIVE_INFINITY;
  let reached: Promise<void> | undefined;

  return function pace(step) {
    // A cell that asks for a step has waited for those before: only the latest can be in the future.
    if (step < latest) return undefined;
    if (step > latest) {
      const now = performance.now();
      latest = step;
      due = Math.max(now, due + interval);
      reached = due > now ? sleepUntil(due) : undefined;
    }
    return reached;
  };
}

/** A timer alone may end a little early: it counts from when the event loop last looked at the clock. */
async function sleepUntil(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now())
    await sleep(Math.ceil(left));
}
