import { Socket } from "node:net";

declare module "node:net" {
  interface Socket {
    /** The listeners of each event, of Node's EventEmitter: the function itself where there is one. */
    readonly _events?: { readonly data?: unknown };
  }
}

/** What listens to the `data` of a socket. */
type Listener = (this: Socket, chunk: Buffer) => void;

/**
 * Gives a `push` for sockets that calls their `data` listener at once. A socket pushes what it reads into the stream that it is
 * (https://nodejs.org/api/stream.html#readablepushchunk-encoding), which does the books of a buffer that stays empty and asks a
 * tick later whether to read on: a quarter of what a small message costs.
 *
 * The chunk takes the usual way wherever that makes a difference: while the socket is paused or has something buffered, and
 * where somebody else listens too.
 */
export function directPush(listener: Listener): typeof Socket.prototype.push {
  return function push(this: Socket, chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    const isDirect =
      chunk !== null &&
      this._events?.data === listener &&
      this.readableFlowing === true &&
      this.readableLength === 0;
    if (!isDirect) return Socket.prototype.push.call(this, chunk, encoding);
    listener.call(this, chunk);
    return true;
  };
}

/** Whether a socket's `push` may be replaced: only that of a socket of Node's, and only if nobody else has. */
export function pushesItself(socket: Socket): boolean {
  // A client's agent may give any duplex stream for a socket, and others are read piece by piece, as asked for.
  return socket instanceof Socket && socket.push === Socket.prototype.push;
}
