import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

declare module "node:net" {
  interface Socket {
    /** The response that is being written to this socket, if any. */
    _httpMessage?: ServerResponse | null;
  }
}

const NOTHING = Buffer.alloc(0);

/**
 * Does for a socket what Node's HTTP server did until it let go of it for an upgrade: hears its errors, which would end the
 * process otherwise, and tells the response on it when it takes more.
 */
export function tend(socket: Socket): void {
  socket.on("error", ignore).on("drain", onDrain);
  if (!socket._httpMessage) return;
  // Node resumes it as the answers ahead of this one leave: what came then would be lost, if nobody held it.
  socket.on("readable", ignore);
  // Where Node had stopped reading until those have left, it forgets to go on: an empty piece is how a stream does.
  if (!socket.readableEnded) socket.push(NOTHING);
}

/** Ends {@link tend}: somebody else does that from now on. */
export function release(socket: Socket): void {
  letFlow(socket);
  socket.off("error", ignore).off("drain", onDrain);
}

/** What comes is held no longer: it may be read, or thrown away. */
export function letFlow(socket: Socket): void {
  if (socket.listenerCount("readable") > 0) socket.off("readable", ignore);
}

/**
 * Waits for the answers to requests that were pipelined ahead of this one (RFC 9112 §9.3.2).
 *
 * @param ready called once the socket is free for the next answer
 * @param gone called if it takes none any more
 */
export function whenFree(socket: Socket, ready: () => void, gone: () => void): void {
  const earlier = socket._httpMessage;
  if (!socket.writable) gone();
  else if (earlier) earlier.once("close", () => whenFree(socket, ready, gone));
  else ready();
}

/** An error of the socket ends it: its "close" event is what is listened to. What is to be read waits. */
export function ignore(): void {}

/** A large answer waits for the socket to take more. */
function onDrain(this: Socket): void {
  const res = this._httpMessage;
  if (res?.writableNeedDrain) res.emit("drain");
}
