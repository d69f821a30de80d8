import type { EventEmitter } from "node:events";
// biome-ignore lint/suspicious/noTsIgnore: an error is expected by some who compile this, not by us
/** @ts-ignore: `@types/ws` may be missing, see {@link RawWebSocket} */
import type { WebSocket } from "ws";

/** All that `@types/ws` declares; without it, an interface that extends what is unknown has no members. */
interface DeclaredWebSocket extends WebSocket {}

/**
 * The `WebSocket` of `ws`, as {@link Connection.raw} gives it. Where `@types/ws` is installed, it is that type in full and can
 * be given to whatever takes one. Where it is not, it is what is listed here, which `ws` documents and this library keeps
 * working, rather than `any`: `ws` has no declarations of its own, and those who do not use `raw` need none.
 */
export type RawWebSocket = DeclaredWebSocket &
  EventEmitter & {
    /** In what `message` events give binary messages: a Buffer, an ArrayBuffer, or a list of Buffers. */
    binaryType: "nodebuffer" | "arraybuffer" | "fragments";
    readonly bufferedAmount: number;
    readonly extensions: string;
    readonly isPaused: boolean;
    readonly protocol: string;
    /** 1 while open, 2 while closing, 3 when closed. */
    readonly readyState: number;
    close(code?: number, reason?: string | Buffer): void;
    ping(data?: string | Buffer, mask?: boolean, callback?: (error: Error) => void): void;
    pong(data?: string | Buffer, mask?: boolean, callback?: (error: Error) => void): void;
    send(data: string | ArrayBuffer | ArrayBufferView, callback?: (error?: Error) => void): void;
    pause(): void;
    resume(): void;
    /** Ends the connection without a close frame. */
    terminate(): void;
  };
