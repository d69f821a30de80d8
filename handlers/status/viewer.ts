import type { Connection } from "../../middleware/index.ts";
import type { Viewers } from "./viewers.ts";

/** Looks at what all processes report of themselves, for as long as the page is open. */
export async function viewer(ws: Connection, viewers: Viewers): Promise<void> {
  try {
    await viewers.add(ws);
    // A viewer has nothing to say: this waits until it leaves.
    for await (const _ of ws);
  } finally {
    viewers.delete(ws);
  }
}
