/** A connection as its keepalive sees it. */
export interface Pinged {
  readonly socket: { readonly bytesRead: number } | undefined;
  readonly inbox: { readonly paused: boolean };
  sendPing(): void;
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
  readonly #pings = new Map<Pinged, number>();
  /** Those that were pinged and gave no sign of life yet; in the order of their deadlines. */
  readonly #probes = new Map<Pinged, Probe>();
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
    this.#pings.set(connection, performance.now() + this.#interval);
    const period = Math.max(1, Math.min(this.#interval, this.#timeout) / TICKS);
    this.#timer ??= setInterval(() => this.#look(), period).unref();
  }

  delete(connection: Pinged): void {
    this.#pings.delete(connection);
    this.#probes.delete(connection);
    if (this.#pings.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /**
   * After a while in which the process stood still, what has arrived meanwhile is read before anyone is judged: by this moment, as
   * the process may stand still once more until then.
   */
  #look(): void {
    setImmediate((now: number) => this.#tick(now), performance.now());
  }

  #tick(now: number): void {
    for (const [connection, { deadline, bytesRead }] of this.#probes) {
      if (deadline > now) break;
      this.#probes.delete(connection);
      if (isSilent(connection, bytesRead)) connection.terminate();
    }
    for (const [connection, due] of this.#pings) {
      if (due > now) break;
      this.#ping(connection, now);
    }
  }

  #ping(connection: Pinged, now: number): void {
    this.#pings.delete(connection);
    this.#pings.set(connection, now + this.#interval);
    const probe = this.#probes.get(connection);
    if (!probe || !isSilent(connection, probe.bytesRead)) {
      this.#probes.delete(connection);
      const bytesRead = connection.socket?.bytesRead ?? 0;
      this.#probes.set(connection, { deadline: now + this.#timeout, bytesRead });
    }
    connection.sendPing();
  }
}

/** Whether nothing came since so many bytes had been read, although something could have. */
function isSilent({ socket, inbox }: Pinged, bytesRead: number): boolean {
  return (socket?.bytesRead ?? 0) === bytesRead && !inbox.paused;
}
