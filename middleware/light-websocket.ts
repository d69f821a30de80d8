/**
 * Together with `transport.ts`, what reaches below the documented surface of a `WebSocket` of `ws`. What it relies on is declared in
 * `ws.d.ts`, and held by `test/middleware/transport.test.ts`.
 */

import type { Socket } from "node:net";
import { type ReceiverOptions, WebSocket } from "ws";
import { directPush, pushesItself } from "./direct-push.ts";
import { encodeControlFrame } from "./frame.ts";
import type { Message } from "./message.ts";
import { piecesOf } from "./pieces.ts";
import { PARTIAL, type Reader, readFrames } from "./read-frames.ts";

type Written = (error?: Error | null) => void;

/** Where a socket keeps the WebSocket that reads it. */
const READER: unique symbol = Symbol("express-c10k.reader");

declare module "node:net" {
  interface Socket {
    [READER]?: LightWebSocket | undefined;
  }
}

const NOTHING = Buffer.alloc(0);

/** No close frame was received (RFC 6455 §7.1.5). */
const ABNORMAL_CLOSURE = 1006;

/** A frame that came in parts and is longer than this is for `ws` to put together, which can do it in less than quadratic time. */
const MAX_PARTIAL = 4 * 1024;

/** What `bufferedAmount` of `ws` asks: nothing waits in a sender that does not exist yet. */
const NO_SENDER = { _bufferedBytes: 0 };

/**
 * A WebSocket of `ws` without the two streams and the listeners by which `ws` reads and writes: they are made when
 * something comes that needs them, as a fragmented message, an error or the end. Until then the common frames are read here, many
 * at a time, and a connection that waits takes less memory.
 */
export abstract class LightWebSocket extends WebSocket implements Reader {
  /** The socket; undefined where `ws` reads it, which it does to the end once it has begun. */
  #socket: Socket | undefined;
  /** A frame that is not all there yet. */
  #partial: Buffer | undefined;

  /** The largest message that is received, in bytes. */
  maxPayload = 0;
  abstract message(message: Message, size: number): void;

  get isReading(): boolean {
    return this.#socket !== undefined;
  }

  control(kind: "ping" | "pong", payload: Buffer): void {
    this.emit(kind, payload);
    if (this.#isListenedTo) this.#handOver();
  }

  /** Whoever listens, or asks for another form, gets messages from `ws`. Most connections have no listener at all. */
  get #isListenedTo(): boolean {
    return (this._eventsCount !== 0 && this.listenerCount("message") > 0) || this.binaryType !== "nodebuffer";
  }

  override send(...args: unknown[]): void {
    this.#handOver();
    Reflect.apply(super.send, this, args);
  }

  override ping(...args: unknown[]): void {
    this.#handOver();
    Reflect.apply(super.ping, this, args);
  }

  override pong(...args: unknown[]): void {
    this.#handOver();
    Reflect.apply(super.pong, this, args);
  }

  override close(code?: number, reason?: string | Buffer): void {
    this.#handOver();
    super.close(code, reason);
  }

  override resume(): void {
    if (!this.#socket) {
      super.resume();
      return;
    }
    this._paused = false;
    this.#socket.resume();
  }

  get isMasked(): boolean {
    return this._isServer;
  }

  get masks(): boolean {
    return !this._isServer;
  }

  /** Opens the connection on a socket, with what was read from it already. `ws` calls it for a client. */
  override setSocket(socket: Socket, head: Buffer, options: ReceiverOptions): void {
    if (Object.keys(this._extensions).length > 0) {
      super.setSocket(socket, head, options);
      return;
    }
    this.#socket = socket;
    this.maxPayload = options.maxPayload;
    this._socket = socket;
    this._sender = NO_SENDER;
    this._readyState = WebSocket.OPEN;
    socket[READER] = this;
    // A client's agent may give any duplex stream for a socket.
    socket.setTimeout?.(0);
    socket.setNoDelay?.();
    if (head.length > 0) socket.unshift(head);
    // Before whatever listens to them in the app: that may use `raw`, and `ws` would take over too late to hear of them.
    socket.prependListener("close", onClose).prependListener("end", onEnd);
    socket.on("data", onData).on("error", onError);
    if (pushesItself(socket)) socket.push = push;
    this.emit("open");
  }

  /** Sends a ping or a pong, which takes no `ws` yet. */
  protected sendControl(kind: "ping" | "pong", payload: Buffer | string, written?: Written): void {
    if (this.#socket && this.readyState === WebSocket.OPEN) {
      this.#socket.write(encodeControlFrame(kind, payload, this.masks), written);
    } else {
      this[kind](payload, undefined, written);
    }
  }

  /** @internal Reads what it can, and has `ws` read the rest. */
  read(chunk: Buffer): void {
    const whole = this.#partial ? Buffer.concat([this.#partial, chunk]) : chunk;
    this.#partial = undefined;
    if (this.#isListenedTo) {
      this.#handOver(whole);
      return;
    }
    const { offset, left } = readFrames(whole, this);
    if (offset === whole.length) return;
    const rest = whole.subarray(offset);
    // A copy: a few bytes would keep the whole chunk in memory.
    if (left === PARTIAL && rest.length <= MAX_PARTIAL) this.#partial = Buffer.from(rest);
    else this.#handOver(rest);
  }

  /** @internal The peer sends no more. */
  ended(): void {
    this._readyState = WebSocket.CLOSING;
    this.#socket?.end();
  }

  /** @internal The socket has failed: `ws` hears of its close, which comes next. */
  failed(): void {
    this.#handOver();
    this._readyState = WebSocket.CLOSING;
  }

  /** @internal The socket is gone, without a word. */
  gone(): void {
    const socket = this.#socket;
    if (!socket) return;
    if (socket.readableLength > 0) {
      // What had come in while reading was paused may be anything, and go on with a frame that has begun.
      this.#handOver();
      // Added in the midst of the event, the listener of `ws` would hear of the next one only.
      socket.listeners("close").at(-1)?.call(socket);
      return;
    }
    this.#socket = undefined;
    // One of its own: `ws` counts in it what is sent in vain from now on.
    this._sender = { _bufferedBytes: 0 };
    this._readyState = WebSocket.CLOSED;
    this.emit("close", ABNORMAL_CLOSURE, NOTHING);
  }

  /** From here on `ws` reads and writes, beginning with what was left over. */
  #handOver(rest = this.#partial): void {
    const socket = this.#socket;
    if (socket) {
      const { maxPayload, readyState } = this;
      this.#socket = undefined;
      this.#partial = undefined;
      socket[READER] = undefined;
      socket.off("close", onClose).off("data", onData).off("end", onEnd).off("error", onError);
      super.setSocket(socket, NOTHING, receiverOptions(maxPayload));
      this._readyState = readyState;
    }
    if (rest && this._receiver?.write(rest) === false) this._socket?.pause();
  }
}

/** What `ws` is to receive. */
export function receiverOptions(maxPayload: number): ReceiverOptions {
  const { maxFragments, maxBufferedChunks } = piecesOf(maxPayload);
  return { maxFragments, maxBufferedChunks, maxPayload, allowSynchronousEvents: true };
}

function onData(this: Socket, chunk: Buffer): void {
  this[READER]?.read(chunk);
}

const push = directPush(onData);

function onEnd(this: Socket): void {
  this[READER]?.ended();
}

function onError(this: Socket): void {
  this[READER]?.failed();
}

function onClose(this: Socket): void {
  const reader = this[READER];
  this[READER] = undefined;
  reader?.gone();
}
