import type { Socket } from "node:net";
import type { Hook } from "./hook.ts";
import { letFlow } from "./when-free.ts";

/** How long a refused client may take to hang up, in milliseconds, before its connection is cut. */
const LINGER = 2_000;

/**
 * Ends the connection of a client that got another answer than a 101. Reads what still comes before the end: closing on unread
 * bytes would reset the connection, and lose the answer.
 */
export function hangUp({ upgrading }: Hook, socket: Socket): void {
  socket.setTimeout(0);
  letFlow(socket);
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER).unref();
  socket.once("close", () => {
    upgrading.delete(socket);
    clearTimeout(timer);
  });
}
