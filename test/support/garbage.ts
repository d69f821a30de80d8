import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { untilTrue } from "./until.ts";

/** Collects garbage until nothing holds these objects any more; rejects if something does. */
export async function untilForgotten(references: readonly WeakRef<object>[]): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("This runtime cannot be asked to collect garbage");
  await untilTrue(() => {
    collect();
    return references.every((reference) => reference.deref() === undefined);
  });
}
