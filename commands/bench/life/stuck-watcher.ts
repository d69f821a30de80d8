import { once } from "node:events";
import { connect } from "node:net";
import { CommandError } from "../../errors.ts";
import { TIMEOUT } from "../child.ts";
import { handshake } from "../load/handshake.ts";

/**
 * A watcher that is accepted, and then never reads: not even its system's buffers are emptied.
 *
 * @returns a function that ends it
 * @throws CommandError if it is refused
 */
export async function stuckWatcher(port: number): Promise<() => void> {
  const socket = connect({ port, host: "127.0.0.1" });
  await once(socket, "connect");
  socket.write(handshake("/watcher/", port));
  const [answer] = await once(socket, "data", { signal: AbortSignal.timeout(TIMEOUT) });
  socket.pause();
  // The server may cut it off, or end.
  socket.on("error", () => {});
  const [line = ""] = String(answer).split("\r\n", 1);
  if (line.startsWith("HTTP/1.1 101 ")) return () => socket.destroy();
  socket.destroy();
  throw new CommandError(`The server answered a watcher with ${line}`);
}
