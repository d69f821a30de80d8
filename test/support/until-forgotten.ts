import { collectGarbage } from "./collect-garbage.ts";
import { TIMEOUT } from "./timeouts.ts";

/** Collects garbage until nothing holds these objects any more; rejects if something does. */
export async function untilForgotten(references: readonly WeakRef<object>[]): Promise<void> {
  const deadline = performance.now() + TIMEOUT;
  const held = () => references.filter((reference) => reference.deref() !== undefined).length;
  for (let count = held(); count > 0; count = held()) {
    if (performance.now() > deadline) throw new Error(`${count} of ${references.length} are still held`);
    await collectGarbage();
  }
}
