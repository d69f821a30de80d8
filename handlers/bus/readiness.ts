interface Waiting {
  readonly promise: Promise<void>;
  resolve(): void;
}

/**
 * Which channels are heard by now. A channel may be asked for, given up and asked for again before the first answer comes: that
 * one is not for the last question.
 */
export class Readiness {
  readonly #channels = new Map<string, Waiting>();
  /** How often each was asked for without an answer yet. */
  readonly #unanswered = new Map<string, number>();

  /** A channel is asked for. */
  begin(channel: string): void {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    this.#unanswered.set(channel, (this.#unanswered.get(channel) ?? 0) + 1);
    this.#channels.set(channel, { promise, resolve });
  }

  /** Resolves when a channel is heard. */
  of(channel: string): Promise<void> {
    return this.#channels.get(channel)?.promise ?? new Promise(() => {});
  }

  /** The first question of a channel that has no answer is answered. */
  done(channel: string): void {
    const unanswered = (this.#unanswered.get(channel) ?? 1) - 1;
    if (unanswered === 0) this.#unanswered.delete(channel);
    else this.#unanswered.set(channel, unanswered);
    if (unanswered === 0) this.#channels.get(channel)?.resolve();
  }

  /** A channel is given up. */
  end(channel: string): void {
    this.#channels.delete(channel);
  }
}
