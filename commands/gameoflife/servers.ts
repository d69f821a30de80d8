import type { LookupFunction } from "node:net";
import type { Connection } from "../../middleware/connection.ts";
import { UnexpectedResponse } from "../../middleware/errors.ts";
import { type Connector, type ConnectorOptions, connector } from "../connector.ts";
import { errorMessage } from "../errors.ts";
import { findAddress, pinnedLookup } from "../find-server.ts";

/** After how many milliseconds a server that does not answer a handshake counts as gone. */
const HANDSHAKE_TIMEOUT = 10_000;

/** One server of a game. */
export interface Server {
  /** Its base URL, such as `ws://localhost:8000`. */
  readonly url: string;
  /** The address that it was found at; undefined where it was not there. */
  readonly address: string | undefined;
}

/**
 * Looks for servers.
 *
 * @param tell told of each that is not there, in a line
 * @throws CommandError if none is
 */
export async function findServers(urls: readonly string[], tell: (line: string) => void): Promise<Server[]> {
  const found = await Promise.allSettled(urls.map((url) => findAddress(url)));
  const failures = found.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  if (failures.length === urls.length) throw failures[0];
  for (const failure of failures) tell(`${errorMessage(failure)}: the game is played without it until then`);
  return urls.map((url, index) => {
    const result = found[index];
    return { url, address: result?.status === "fulfilled" ? result.value : undefined };
  });
}

/** Pins a server's name to the address that it was found at; undefined where it was not. */
export function lookupOf({ address }: Server): LookupFunction | undefined {
  return address === undefined ? undefined : pinnedLookup(address);
}

/** Connects a worker: to a server, counted on from any to the next. */
export type ConnectTo = (server: number) => Promise<Connection>;

/**
 * Connects workers to servers.
 *
 * @param urlOf the URL of the view, from that of the server
 * @param options how many handshakes are under way at once with each server, and which subprotocols are asked for
 */
export function connectTo(
  servers: readonly Server[],
  urlOf: (base: string) => string,
  options: ConnectorOptions,
): ConnectTo {
  const connections = servers.map((server) => {
    const connect = connectWherever(server, { ...options, handshakeTimeout: HANDSHAKE_TIMEOUT });
    return () => connect(urlOf(server.url));
  });
  return function connectTo(server) {
    const connect = connections[server % connections.length];
    return connect ? connect() : Promise.reject(new RangeError("No server"));
  };
}

/** Connects to a server, which may come back at another address of its name: whenever a connection has failed, it is looked for. */
function connectWherever(server: Server, options: ConnectorOptions): Connector {
  let { address } = server;
  let connect = connector(lookupOf(server), options);
  let isLooking = false;

  async function lookAgain(): Promise<void> {
    isLooking = true;
    try {
      const found = await findAddress(server.url);
      if (found === address) return;
      address = found;
      connect = connector(pinnedLookup(found), options);
    } catch {
      // It is nowhere: whoever fails next looks again.
    } finally {
      isLooking = false;
    }
  }

  return async function connectWherever(url) {
    try {
      return await connect(url);
    } catch (error) {
      // Whoever answers is there.
      if (!isLooking && !(error instanceof UnexpectedResponse)) void lookAgain();
      throw error;
    }
  };
}
