import type { LookupFunction } from "node:net";
import { connect } from "../middleware/connect.ts";
import type { ConnectOptions } from "../middleware/connect-options.ts";
import type { Connection } from "../middleware/connection.ts";
import { systemErrorCode } from "./errors.ts";
import { limiter } from "./limiter.ts";

/** How many handshakes are under way at once: more would overrun the server's accept queue. */
export const HANDSHAKES_AT_ONCE = 128;

/** After how many milliseconds a handshake that the server does not answer fails, where nothing else is said. */
const HANDSHAKE_TIMEOUT = 30_000;

/** Connects a client, when its turn comes. */
export type Connector = (url: string, onConnecting?: () => void) => Promise<Connection>;

/** How clients are connected. */
export interface ConnectorOptions {
  /** How many handshakes are under way at once. Default: {@link HANDSHAKES_AT_ONCE}. */
  readonly atOnce?: number;
  /** The subprotocols that each asks for, best first. Default: none. */
  readonly protocols?: readonly string[];
  /** After how many milliseconds a handshake that the server does not answer fails. Default: 30,000. */
  readonly handshakeTimeout?: number;
  /** Where the n-th client, from 0, connects from. Default: as the network decides. */
  readonly sourceOf?: ((index: number) => Source) | undefined;
}

/** An address and a port of this machine. */
export interface Source {
  readonly localAddress: string;
  readonly localPort: number;
}

/**
 * Connects many clients without a rush.
 *
 * @param lookup the server's address, from `findServer`; undefined where it was not found yet
 * @returns a function that connects one; its second argument is called when the handshake begins
 */
export function connector(
  lookup: LookupFunction | undefined,
  {
    atOnce = HANDSHAKES_AT_ONCE,
    protocols = [],
    handshakeTimeout = HANDSHAKE_TIMEOUT,
    sourceOf,
  }: ConnectorOptions = {},
): Connector {
  const limit = limiter(atOnce);
  let index = 0;
  return function connector(url, onConnecting) {
    return limit(() => {
      onConnecting?.();
      const options = { ...(lookup && { lookup }), protocols, handshakeTimeout };
      return sourceOf ? connectFrom(sourceOf(index++), url, options) : connect(url, options);
    });
  };
}

/** Where somebody else has the port, the system looks for another one of that address. */
async function connectFrom(source: Source, url: string, options: ConnectOptions): Promise<Connection> {
  try {
    return await connect(url, { ...options, ...source });
  } catch (error) {
    if (!/^EADDR(INUSE|NOTAVAIL)$/.test(systemErrorCode(error) ?? "")) throw error;
    return connect(url, { ...options, localAddress: source.localAddress });
  }
}
