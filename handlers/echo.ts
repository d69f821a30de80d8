import type { Connection } from "../middleware/index.ts";

/** How many messages are echoed before the server says goodbye. */
const ROUNDS = 3;

/** Greets, sends three messages back with their number, says goodbye; the connection then closes with 1000. */
export async function echo(ws: Connection): Promise<void> {
  await ws.send("Hello!");
  for (let round = 1; round <= ROUNDS; round++) {
    await ws.send(`${round}. ${await ws.recv()}`);
  }
  await ws.send("Goodbye!");
}
