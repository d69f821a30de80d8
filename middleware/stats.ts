import type { Server } from "node:http";
import { hookOf } from "./hook.ts";
import { type Traffic, trafficOf } from "./traffic.ts";

/** What a server's connections are, and what they have been. */
export interface Stats {
  /** Each view that had a connection, in the order of their first ones. */
  readonly views: readonly ViewStats[];
  /** How many handshakes were answered, by the status: 101 for those that were completed. */
  readonly handshakes: Readonly<Record<number, number>>;
  /** How many handshakes came to nothing because the client went before the answer. */
  readonly aborted: number;
  /** How many connections are closed, by close code: 1006 for those without a close frame. */
  readonly closes: Readonly<Record<number, number>>;
  /** How many connections are not read from at the moment, because their handler does not take what came in. */
  readonly paused: number;
  /** How many connections have a peer that does not take what was sent: `sendHighWaterMark` or more waits to be written. */
  readonly slow: number;
  /** Whether the server shuts down. */
  readonly closing: boolean;
}

/** What is counted of one view. */
export interface ViewStats {
  /** What it is called: see the option `view` of {@link WebSocketOptions}. */
  readonly view: string;
  /** How many connections are open: those whose socket is not gone. */
  readonly connections: number;
  /** What came in on all of its connections, open and closed, whether or not a handler took it. */
  readonly received: Traffic;
  /** What was given to `send()` and `broadcast()` for them, whether or not it arrived. */
  readonly sent: Traffic;
}

/**
 * Counts what a hooked server does: a snapshot, plain data, with totals since it was hooked. What goes on is counted in any case, at
 * no cost that could be measured; the look takes a fraction of a microsecond for each open connection.
 *
 * @param server what {@link hookUpgrades} was called on
 * @throws Error for a server that was never hooked
 *
 * @example
 * const { views, closes } = stats(server);
 */
export function stats(server: Server): Stats {
  const hook = hookOf(server);
  if (!hook) throw new Error("stats(server) takes a server that hookUpgrades(server) was called on");
  const { tally, transports, closing } = hook;
  let paused = 0;
  let slow = 0;
  for (const { inbox, outbox, settings } of transports) {
    if (inbox.paused) paused += 1;
    if (outbox.bufferedAmount >= settings.sendHighWaterMark) slow += 1;
  }
  return {
    views: Array.from(tally.views, ({ name, connections, received, sent }) => ({
      view: name,
      connections,
      received: trafficOf(received),
      sent: trafficOf(sent),
    })),
    handshakes: tally.handshakes.toObject(),
    aborted: tally.aborted,
    closes: tally.closes.toObject(),
    paused,
    slow,
    closing,
  };
}
