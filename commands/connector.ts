import type { LookupFunction } from "node:net";
import { connect } from "../middleware/connect.ts";
import type { Connection } from "../middleware/connection.ts";
import { limiter } from "./limiter.ts";

/** How many handshakes are under way at once: more would overrun the server's accept queue. */
const HANDSHAKES_AT_ONCE = 128;

/** After how many milliseconds a handshake that the server does not answer fails. */
const HANDSHAKE_TIMEOUT = 30_000;

/** Connects a client, when its turn comes. */
export type Connector = (url: string, onConnecting?: () => void) => Promise<Connection>;

/**
 * Connects many clients without a rush.
 *
 * @param lookup the server's address, from `findServer`
 * @returns a function that connects one; its second argument is called when the handshake begins
 */
export function connector(lookup: LookupFunction): Connector {
  const limit = limiter(HANDSHAKES_AT_ONCE);
  return function connector(url, onConnecting) {
    return limit(() => {
      onConnecting?.();
      return connect(url, { lookup, handshakeTimeout: HANDSHAKE_TIMEOUT });
    });
  };
}
