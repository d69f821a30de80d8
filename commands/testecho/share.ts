import { connector, HANDSHAKES_AT_ONCE } from "../connector.ts";
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
}

/** The clients that one process runs. */
export interface Share extends Errand {
  /** How many. */
  readonly clients: number;
  /** The addresses of this machine that they connect from, in turn; none if the network decides. */
  readonly sources: readonly string[];
  /** How many handshakes are under way at once. */
  readonly atOnce: number;
}

/**
 * Splits clients over processes so that all shares together are what one process would do: as many handshakes at once, and
 * source addresses that take turns.
 *
 * @returns one share for each process; their sizes differ by one at most
 */
export function shareOut(
  errand: Errand,
  clients: number,
  processes: number,
  sources: readonly string[],
): Share[] {
  const atOnce = Math.ceil(HANDSHAKES_AT_ONCE / processes);
  const start = (index: number) => Math.floor((index * clients) / processes);
  return Array.from({ length: processes }, (_, index) => {
    const first = start(index);
    // A process begins with the address at which the one before it ends.
    const turn = first % Math.max(1, sources.length);
    const inTurn = [...sources.slice(turn), ...sources.slice(0, turn)];
    return { ...errand, clients: start(index + 1) - first, sources: inTurn, atOnce };
  });
}

/** Runs a share's clients in this process, until the last one is done. Never rejects: the observer hears of failures. */
export async function runShare(share: Share, observer: Observer): Promise<void> {
  const connect = connector(pinnedLookup(share.address), share);
  const { url, delay, timeout } = share;
  const shared = { url, delay, timeout, connect, observer };
  const run = () => client(shared).catch((error) => observer.failed(failureCause(error)));
  await Promise.all(Array.from({ length: share.clients }, run));
}

/** Whether a message from another process is a share. */
export function isShare(message: unknown): message is Share {
  return typeof message === "object" && message !== null && "clients" in message;
}
