import type { CloseEvent } from "./closure.ts";
import type { Settings } from "./options.ts";
import { Meter, type Traffic } from "./traffic.ts";
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
 * Counts what passes on a connection from now on, and tells once its socket is gone.
 *
 * @internal
 */
export function summarize(
  transport: Transport,
  about: Pick<Summary, "request" | "remoteAddress">,
  onClose: NonNullable<Settings["onClose"]>,
): void {
  const meters = { received: new Meter(), sent: new Meter() };
  const openedAt = performance.now();
  transport.meters = meters;
  transport.closure.closed
    .then(({ code, reason }) => {
      const duration = performance.now() - openedAt;
      const received = { ...meters.received };
      const sent = { ...meters.sent };
      return onClose({ ...about, code, reason, duration, received, sent });
    })
    // A log that fails is no reason to end the process, nor one to keep silent.
    .catch((failure: unknown) => console.error(`${about.request}: onClose failed:`, failure));
}
