import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** The connections of a server that wait for something of it: their first request has not come, or has no answer yet. */
export interface Arrivals {
  /** Resolves when there are none, or after so many milliseconds. */
  settled(timeout: number): Promise<void>;
}

/** Watches the connections of a server arrive; of one that has become a WebSocket it knows nothing any more. */
export function arrivals(server: Server): Arrivals {
  const arriving = new Set<Socket>();
  let onSettled = () => {};

  function onConnection(socket: Socket): void {
    arriving.add(socket);
    socket.once("close", onGone);
  }

  function onRequest({ socket }: IncomingMessage, res: ServerResponse): void {
    arriving.add(socket);
    socket.off("close", onGone);
    res.once("close", onAnswered);
  }

  function onGone(this: Socket): void {
    forget(this);
  }

  function onAnswered(this: ServerResponse): void {
    forget(this.req.socket);
  }

  function forget(socket: Socket): void {
    arriving.delete(socket);
    if (arriving.size === 0) onSettled();
  }

  server.on("connection", onConnection).prependListener("request", onRequest);
  return {
    settled(timeout) {
      if (arriving.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onSettled = resolve;
        setTimeout(resolve, timeout).unref();
      });
    },
  };
}
