import type { Agent, OutgoingHttpHeaders } from "node:http";
import type { LookupFunction } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { CompressionOptions } from "./compression-options.ts";

/** What a `wss:` connection takes, as in `tls.connect()`. */
type TlsOptions = Pick<
  ConnectionOptions,
  "ca" | "cert" | "checkServerIdentity" | "key" | "passphrase" | "pfx" | "rejectUnauthorized" | "servername"
>;

/**
 * Options of the client that connects to a server's view. Times are in milliseconds, sizes in bytes.
 *
 * For `wss:` also those of `tls.connect()` that say whom to trust and who one is: `ca`, `cert`, `key`, `passphrase`, `pfx`,
 * `rejectUnauthorized`, `servername`, `checkServerIdentity`.
 */
export interface ConnectOptions extends TlsOptions {
  /** Headers of the handshake, such as `{ cookie }`. Default: none but those of RFC 6455 §4.1. */
  headers?: OutgoingHttpHeaders;
  /** The subprotocols that the client speaks, best first. Default: none. */
  protocols?: readonly string[];
  /** The `Origin` header, as a page of that origin would send it. Default: none. */
  origin?: string;
  /** `NAME:PASSWORD` of Basic authentication (RFC 7617). Default: what the URL says, or none. */
  auth?: string;
  /** Whether permessage-deflate (RFC 7692) is offered; an object says how. Default: false. */
  compression?: boolean | CompressionOptions;
  /** How long the handshake may take, in milliseconds. Default: as long as the network lets it. */
  handshakeTimeout?: number;
  /** How long the server may take to answer a close frame, in milliseconds. Default: 10,000. */
  closeTimeout?: number;
  /** The largest message that is received, in bytes; a larger one closes with 1009. Default: 1 MiB. */
  maxPayload?: number;
  /** Whether pings are answered. Default: true. */
  autoPong?: boolean;
  /** Whether a redirect is followed, instead of being an `UnexpectedResponse`. Default: false. */
  followRedirects?: boolean;
  /** How many redirects are followed. Default: 10. */
  maxRedirects?: number;
  /** Makes the socket, a proxy's for example. Default: one of its own. */
  agent?: Agent;
  /** Finds the server's address. Default: that of `node:dns`. */
  lookup?: LookupFunction;
  /** The family of the server's address, 4 or 6. Default: either. */
  family?: 4 | 6;
  /** The address of this machine to connect from. Default: as the network decides. */
  localAddress?: string;
  /** The port of this machine to connect from. Default: one that is free. */
  localPort?: number;
}
