import type { CloseEvent } from "./closure.ts";
import { Meter, type Traffic, trafficOf } from "./traffic.ts";
import type { Transport } from "./transport.ts";

/** What a connection came to: the line of an access log. */
export interface Summary extends CloseEvent {
  /** The method and the URL of its request. */
  readonly request: string;
  /** The peer's address; Express's `req.ip`, which honours `trust proxy`, on a server of Express. */
  readonly remoteAddress: string | undefined;
  /** From the 101 until the socket was gone, in milliseconds. */
  readonly duration: number;
  /** What came in, whether or not the handler took it. */
  readonly received: Traffic;
  /** What was given to `send()` and `broadcast()`, whether or not it arrived. */
  readonly sent: Traffic;
}

/**
 * Counts what passes on a connection from now on. Resolves, and never rejects, once its socket is gone.
 *
 * @internal
 */
export async function summarize(
  transport: Transport,
  about: Pick<Summary, "request" | "remoteAddress">,
): Promise<Summary> {
  const received = new Meter(transport.meters?.received);
  const sent = new Meter(transport.meters?.sent);
  const openedAt = performance.now();
  transport.meters = { received, sent };
  const { code, reason } = await transport.closure.closed;
  const duration = performance.now() - openedAt;
  return { ...about, code, reason, duration, received: trafficOf(received), sent: trafficOf(sent) };
}
