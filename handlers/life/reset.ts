import { type Connection, WebSocketError } from "../../middleware/index.ts";
import type { Life } from "./life.ts";
import { MAX_SIZE, parseSize } from "./protocol.ts";
import { recvLine } from "./recv-line.ts";
import { STEPS_PROTOCOL } from "./steps-protocol.ts";

/** Starts a new game of the size that the client names, tells its id to whom it concerns, and then closes with 1000. */
export async function reset(ws: Connection, life: Life): Promise<void> {
  const size = parseSize(await recvLine(ws));
  if (size === undefined) throw new WebSocketError(1007, `A size is an integer from 1 to ${MAX_SIZE}`);
  const id = await life.reset(size);
  if (ws.protocol === STEPS_PROTOCOL) await ws.send(id);
}
