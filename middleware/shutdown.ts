import type { Server } from "node:http";
import { hookOf } from "./hook.ts";
import { timerDelay } from "./timer.ts";

/** Options of {@link shutdown}. */
export interface ShutdownOptions {
  /** How long handlers, peers and requests in flight get, in milliseconds, before the rest is cut. Default: 10,000. */
  timeout?: number;
  /**
   * Over how many milliseconds the closes are spread, at random, so that the clients do not all come back at once; at most
   * `timeout`. Default: 1,000 for every 2,000 connections, at most half of `timeout`.
   */
  spread?: number;
}

/** How many connections are closed within a millisecond, where nothing else is said. */
const PACE = 2;

/** How often connections that have become idle are closed: a client may keep them for further requests. */
const SWEEP = 100;

/**
 * Shuts a hooked server down: it accepts nothing new, answers upgrades that are under way with 503, closes every
 * connection with 1001, one after the other, which aborts its handler's `signal`, and lets HTTP requests in flight
 * finish. Resolves when all of it is over and the handlers have returned, or at the deadline, when the rest is cut.
 *
 * @param server what {@link hookUpgrades} was called on
 * @param options how long that may take. Default: as each of them says
 * @throws Error, as a rejection, for a server that was never hooked
 * @throws TypeError, as a rejection, for a time that is no number from 0
 */
export async function shutdown(server: Server, options: ShutdownOptions = {}): Promise<void> {
  const hook = hookOf(server);
  if (!hook) throw new Error("shutdown(server) takes a server that hookUpgrades(server) was called on");
  const { timeout = 10_000, spread = Math.min(hook.transports.size / PACE, timeout / 2) } = options;
  const delay = timerDelay("timeout", timeout);
  const closing = Math.min(timerDelay("spread", spread), delay);
  const closed = new Promise<unknown>((resolve) => server.close(resolve));
  hook.close(closing);
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const deadline = new Promise<void>((resolve) => {
    setTimeout(resolve, delay).unref();
  });
  await Promise.race([Promise.all([closed, hook.handlersEnded()]), deadline]);
  clearInterval(sweep);
  for (const transport of hook.transports) transport.terminate();
  for (const socket of hook.upgrading) socket.destroy();
  server.closeAllConnections();
  // Another owner of upgrades may keep connections of its own, which are not ours to cut.
  if (server.listenerCount("upgrade") === 1) await closed;
  await hook.connectionsEnded();
}
