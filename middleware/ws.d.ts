/**
 * What `ws` has and does not document, as far as `transport.ts` and `compression.ts` use it. `test/middleware/transport.test.ts`
 * and `compression.test.ts` tell when it changes.
 */

import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { CompressionOptions } from "./compression-options.ts";

/** The parameters of one offer of an extension, each with its values; a parameter without a value has `true`. */
export type Offer = Readonly<Record<string, readonly (string | true)[] | undefined>>;

declare module "ws" {
  interface WebSocket {
    /** The chosen subprotocol, behind `protocol`. */
    _protocol: string;
    /** The negotiated extensions, behind `extensions`. */
    _extensions: Record<string, unknown>;
    /** Whether the peer has sent its close frame. */
    _closeFrameReceived: boolean;
    /** Whether this is the server's side. */
    readonly _isServer: boolean;
    /** Behind `readyState`. */
    _readyState: 0 | 1 | 2 | 3;
    /** Behind `isPaused`. */
    _paused: boolean;
    /** Null until there is one; it stays when it is gone. */
    _socket: Socket | null;
    /** How many events have listeners: of Node's EventEmitter. */
    readonly _eventsCount: number;
    /** Frames what is sent; null until there is a socket. */
    _sender: { readonly _bufferedBytes: number } | null;
    /** Parses what the socket gives; null until there is one. */
    _receiver: Writable | null;
    /** Takes a socket over, with what was read from it already. */
    setSocket(socket: Socket, head: Buffer, options: ReceiverOptions): void;
  }

  interface ReceiverOptions {
    maxPayload: number;
    maxFragments: number;
    maxBufferedChunks: number;
    allowSynchronousEvents: boolean;
  }

  /** permessage-deflate (RFC 7692), of one connection. */
  class PerMessageDeflate {
    static readonly extensionName: string;
    readonly params: Record<string, unknown>;
    constructor(options: CompressionOptions & { isServer: boolean; maxPayload: number });
    accept(offers: readonly Offer[]): void;
  }

  /** The grammar of Sec-WebSocket-Extensions (RFC 6455 §9.1). */
  const extension: {
    parse(header: string): Record<string, readonly Offer[] | undefined>;
    format(extensions: Record<string, unknown>): string;
  };
}
