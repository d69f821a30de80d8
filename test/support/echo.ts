import type { Connection } from "../../middleware/connection.ts";

/** Sends back what it receives. */
export async function echo(ws: Connection): Promise<void> {
  for await (const message of ws) await ws.send(message);
}
