import type { EventEmitter } from "node:events";
// biome-ignore lint/suspicious/noTsIgnore: an error is expected by some who compile this, not by us
/** @ts-ignore: `@types/ws` may be missing, see {@link RawWebSocket} */
import type { WebSocket } from "ws";

/** All that `@types/ws` declares; without it, an interface that extends what is unknown has no members. */
interface DeclaredWebSocket extends WebSocket {}

/** What `ws` documents of it, and this library keeps working. */
interface ListedWebSocket {
  /** In what `message` events give binary messages: a Buffer, an ArrayBuffer, or a list of Buffers. */
  binaryType: "nodebuffer" | "arraybuffer" | "fragments";
  /** Bytes that `ws` and the socket have taken and not yet written. */
  readonly bufferedAmount: number;
  /** The extensions that were agreed on; empty if none. */
  readonly extensions: string;
  /** Whether reading is paused. */
  readonly isPaused: boolean;
  /** The subprotocol that was agreed on; empty if none. */
  readonly protocol: string;
  /** 1 while open, 2 while closing, 3 when closed. */
  readonly readyState: number;
  /** Begins the closing handshake (RFC 6455 §7.1.2). */
  close(code?: number, reason?: string | Buffer): void;
  /** Sends a ping of at most 125 bytes (RFC 6455 §5.5.2). */
  ping(data?: string | Buffer, mask?: boolean, callback?: (error: Error) => void): void;
  /** Sends a pong of at most 125 bytes (RFC 6455 §5.5.3). */
  pong(data?: string | Buffer, mask?: boolean, callback?: (error: Error) => void): void;
  /** Sends one message, behind all that `Connection.send()` was given before. */
  send(data: string | ArrayBuffer | ArrayBufferView, callback?: (error?: Error) => void): void;
  /** Stops reading. */
  pause(): void;
  /** Reads on. */
  resume(): void;
  /** Ends the connection without a close frame. */
  terminate(): void;
}

/**
 * The `WebSocket` of `ws`, as {@link Connection.raw} gives it. Where `@types/ws` is installed, it is that type in full and can
 * be given to whatever takes one. Where it is not, it is an `EventEmitter` with what `ws` documents and this library keeps
 * working, rather than `any`: `send`, `close`, `terminate`, `ping`, `pong`, `pause`, `resume`, `isPaused`, `readyState`,
 * `protocol`, `extensions`, `bufferedAmount`, `binaryType`. `ws` has no declarations of its own, and those who do not use `raw`
 * need none.
 */
export type RawWebSocket = DeclaredWebSocket & EventEmitter & ListedWebSocket;
