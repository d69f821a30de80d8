import type { ZlibOptions } from "node:zlib";

/** How permessage-deflate (RFC 7692) is negotiated, and how it compresses. */
export interface CompressionOptions {
  /**
   * The smallest message that this side compresses, in bytes. It counts only where this side has no context takeover: with
   * it, every message is compressed. Default: 1024.
   */
  threshold?: number;
  /**
   * Whether the server compresses each message by itself, without what it knows of those before (RFC 7692 §7.1.1.1): less
   * memory, larger messages. With false, a client that asks for it is served uncompressed. Default: as the client asks.
   */
  serverNoContextTakeover?: boolean;
  /** Whether the client does (RFC 7692 §7.1.1.2). Default: as the client likes. */
  clientNoContextTakeover?: boolean;
  /**
   * The server's window: 2 to the power of this, in bytes, from 9 to 15 (RFC 7692 §7.1.2.1). Default: as the client asks,
   * or 15.
   */
  serverMaxWindowBits?: number;
  /** The client's window, in the same way (RFC 7692 §7.1.2.2). Default: as the client likes. */
  clientMaxWindowBits?: number;
  /** Given to `node:zlib` where this side compresses, such as `{ level, memLevel }`. Default: the defaults of `node:zlib`. */
  zlibDeflateOptions?: ZlibOptions;
  /** Given to `node:zlib` where this side decompresses, such as `{ chunkSize }`. Default: the defaults of `node:zlib`. */
  zlibInflateOptions?: ZlibOptions;
  /**
   * How many messages are compressed or decompressed at once, in the whole process: its first compressed connection decides.
   * Default: 10.
   */
  concurrencyLimit?: number;
}
