interface Waiting {
  readonly sentAt: number;
  resolve(milliseconds: number): void;
  reject(reason: unknown): void;
}

/** The pings of one connection that wait for their pong (RFC 6455 §5.5.2). */
export class Pings {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** Notes a ping as sent; `payload` has to come back in its pong. */
  begin(): { payload: string; pong: Promise<number> } {
    this.#last += 1;
    const id = this.#last;
    const pong = new Promise<number>((resolve, reject) => {
      this.#waiting.set(id, { sentAt: performance.now(), resolve, reject });
    });
    // A ping that nobody awaits must not become an unhandled rejection when the connection closes.
    pong.catch(() => {});
    return { payload: String(id), pong };
  }

  /** A pong answers its ping and every earlier one: a peer may skip all but the last (RFC 6455 §5.5.3). */
  pong(payload: string): void {
    const answered = Number(payload);
    if (!this.#waiting.has(answered)) return;
    const now = performance.now();
    for (const [id, { sentAt, resolve }] of this.#waiting) {
      if (id > answered) break;
      this.#waiting.delete(id);
      resolve(now - sentAt);
    }
  }

  end(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
