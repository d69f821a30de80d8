import type { LookupFunction } from "node:net";
import { connect } from "../middleware/connect.ts";
import type { Connection } from "../middleware/connection.ts";
import { limiter } from "./limiter.ts";

/** How many handshakes are under way at once: more would overrun the server's accept queue. */
export const HANDSHAKES_AT_ONCE = 128;

/** After how many milliseconds a handshake that the server does not answer fails. */
const HANDSHAKE_TIMEOUT = 30_000;

/** Connects a client, when its turn comes. */
export type Connector = (url: string, onConnecting?: () => void) => Promise<Connection>;

/** How clients are connected. */
export interface ConnectorOptions {
  /** How many handshakes are under way at once. Default: {@link HANDSHAKES_AT_ONCE}. */
  readonly atOnce?: number;
  /** The addresses of this machine to connect from, in turn. Default: as the network decides. */
  readonly sources?: readonly string[];
}

/**
 * Connects many clients without a rush.
 *
 * @param lookup the server's address, from `findServer`
 * @returns a function that connects one; its second argument is called when the handshake begins
 */
export function connector(
  lookup: LookupFunction,
  { atOnce = HANDSHAKES_AT_ONCE, sources = [] }: ConnectorOptions = {},
): Connector {
  const limit = limiter(atOnce);
  let turn = 0;
  return function connector(url, onConnecting) {
    return limit(() => {
      onConnecting?.();
      const localAddress = sources[turn++ % sources.length];
      const source = localAddress === undefined ? {} : { localAddress };
      return connect(url, { lookup, handshakeTimeout: HANDSHAKE_TIMEOUT, ...source });
    });
  };
}
