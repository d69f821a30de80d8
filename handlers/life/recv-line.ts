import { type Connection, type Message, WebSocketError } from "../../middleware/index.ts";

/** Waits for the next line. */
export async function recvLine(ws: Connection): Promise<string> {
  return toLine(await ws.recv());
}

/**
 * Gives a message as the line that it has to be.
 *
 * @throws WebSocketError 1003 for a binary message
 */
export function toLine(message: Message): string {
  if (typeof message === "string") return message;
  throw new WebSocketError(1003, "Text is expected here, not binary");
}
