import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects all garbage, so that a `WeakRef` tells whether anything still holds its target. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  // What a turn has looked at through a WeakRef lives until its end; what a finalizer lets go of, until the next run.
  for (let run = 0; run < 3; run++) {
    await nextTurn();
    gc();
  }
}
