import { connector, HANDSHAKES_AT_ONCE, type Source } from "../connector.ts";
import { failureCause } from "../failure.ts";
import { pinnedLookup } from "../find-server.ts";
import { client } from "./client.ts";
import type { Observer } from "./observer.ts";

/** What all clients do. */
export interface Errand {
  /** The echo view. */
  readonly url: string;
  /** The address that its server was found at. */
  readonly address: string;
  /** Milliseconds to wait before each word. */
  readonly delay: number;
  /** Milliseconds after which a server that does not answer has failed. */
  readonly timeout: number;
  /** How often a client begins anew when its server restarts. */
  readonly restarts: number;
  /** The addresses of this machine that clients connect from, in turn; none if the network decides. */
  readonly sources: readonly string[];
  /** The local port of each address's first client; the next one has the next port. */
  readonly firstPort: number;
}

/** The clients that one process runs. */
export interface Share extends Errand {
  /** How many. */
  readonly clients: number;
  /** The number of the first of them among all clients, from 0. */
  readonly first: number;
  /** How many handshakes are under way at once. */
  readonly atOnce: number;
}

/**
 * Splits clients over processes so that all shares together are what one process would do.
 *
 * @returns one share for each process; their sizes differ by one at most
 */
export function shareOut(errand: Errand, clients: number, processes: number): Share[] {
  const atOnce = Math.ceil(HANDSHAKES_AT_ONCE / processes);
  const start = (index: number) => Math.floor((index * clients) / processes);
  return Array.from({ length: processes }, (_, index) => {
    const first = start(index);
    return { ...errand, clients: start(index + 1) - first, first, atOnce };
  });
}

/**
 * Where the n-th client of a share connects from; undefined if the network decides.
 *
 * Each has a port of its own. To have one looked for, for an address that is given, takes Linux a millisecond and more as
 * soon as thousands are in use: it does not know yet that they are for one server. Clients that come back take the ports of
 * the share's first ones.
 */
export function sourcesOf({
  sources,
  clients,
  first,
  firstPort,
}: Share): ((index: number) => Source) | undefined {
  if (sources.length === 0) return undefined;
  return function sourceOf(index) {
    const place = first + (index % clients);
    const localAddress = sources[place % sources.length] ?? "";
    return { localAddress, localPort: firstPort + Math.floor(place / sources.length) };
  };
}

/** Runs a share's clients in this process, until the last one is done. Never rejects: the observer hears of failures. */
export async function runShare(share: Share, observer: Observer): Promise<void> {
  const connect = connector(pinnedLookup(share.address), {
    atOnce: share.atOnce,
    sourceOf: sourcesOf(share),
  });
  const { url, delay, timeout, restarts } = share;
  const shared = { url, delay, timeout, restarts, connect, observer };
  const run = () => client(shared).catch((error) => observer.failed(failureCause(error)));
  await Promise.all(Array.from({ length: share.clients }, run));
}

/** Whether a message from another process is a share. */
export function isShare(message: unknown): message is Share {
  return typeof message === "object" && message !== null && "clients" in message;
}
