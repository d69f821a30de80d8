import type { Socket } from "node:net";

/** A connection as its keepalive sees it. */
export interface Pinged {
  readonly socket: Socket | undefined;
  readonly inbox: { readonly paused: boolean };
  ping(): void;
  terminate(): void;
}

interface Probe {
  readonly deadline: number;
  /** What had been read when the ping was sent: a peer from which more came since is alive. */
  readonly bytesRead: number;
}

/** The timer runs so many times within the shorter of interval and timeout: that is how exact it is. */
const TICKS = 20;

/**
 * Pings its connections at a steady pace, so that proxies see traffic, and ends those whose peer stays silent. One timer
 * serves them all; it runs while there are any and never keeps the process alive.
 *
 * Anything that arrives counts as a sign of life, not only the pong, which may wait behind a large message. A
 * connection that is paused because its handler is slow is not judged: its pong may lie unread.
 */
export class Keepalive {
  readonly #interval: number;
  readonly #timeout: number;
  /** When each is to be pinged next; in that order, as all wait equally long. */
  readonly #idle = new Map<Pinged, number>();
  /** Those that were pinged; in the order of their deadlines. */
  readonly #probed = new Map<Pinged, Probe>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param interval from one ping to the next, in milliseconds
   * @param timeout how long a peer may stay silent after a ping, in milliseconds
   */
  constructor(interval: number, timeout: number) {
    this.#interval = interval;
    this.#timeout = timeout;
  }

  add(connection: Pinged): void {
    this.#idle.set(connection, performance.now() + this.#interval);
    const period = Math.max(1, Math.min(this.#interval, this.#timeout) / TICKS);
    this.#timer ??= setInterval(() => this.#tick(performance.now()), period).unref();
  }

  delete(connection: Pinged): void {
    this.#idle.delete(connection);
    this.#probed.delete(connection);
    if (this.#idle.size + this.#probed.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(now: number): void {
    for (const [connection, probe] of this.#probed) {
      if (probe.deadline > now) break;
      this.#judge(connection, probe, now);
    }
    for (const [connection, due] of this.#idle) {
      if (due > now) break;
      this.#probe(connection, now);
    }
  }

  #probe(connection: Pinged, now: number): void {
    this.#idle.delete(connection);
    this.#probed.set(connection, { deadline: now + this.#timeout, bytesRead: bytesRead(connection) });
    connection.ping();
  }

  #judge(connection: Pinged, probe: Probe, now: number): void {
    this.#probed.delete(connection);
    if (bytesRead(connection) === probe.bytesRead && !connection.inbox.paused) {
      connection.terminate();
    } else {
      const sincePing = now - (probe.deadline - this.#timeout);
      this.#idle.set(connection, now + Math.max(0, this.#interval - sincePing));
    }
  }
}

function bytesRead({ socket }: Pinged): number {
  return socket?.bytesRead ?? 0;
}
