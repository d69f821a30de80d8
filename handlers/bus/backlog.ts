/** How much may wait for a process that does not read, in characters. */
const MOST = 2 ** 24;

/** What was sent to a process and has not left yet. A process that hangs is not to take the memory of the one that sends. */
export class Backlog {
  readonly #missed: (channel: string) => void;
  /** The channels of which something was left out. */
  readonly #gaps = new Set<string>();
  #size = 0;

  /** @param missed tells the process, once it reads again, that something of a channel was left out */
  constructor(missed: (channel: string) => void) {
    this.#missed = missed;
  }

  /** Sends messages of a channel, or leaves them out. @param send calls back when they have left */
  add(channel: string, messages: readonly string[], send: (onSent: () => void) => void): void {
    // Nothing overtakes the word of what was left out.
    if (this.#size > MOST || this.#gaps.has(channel)) {
      this.#gaps.add(channel);
      return;
    }
    const size = messages.reduce((sum, message) => sum + message.length, 0);
    this.#size += size;
    send(() => {
      this.#size -= size;
      if (this.#size === 0) this.#tell();
    });
  }

  #tell(): void {
    for (const channel of this.#gaps) this.#missed(channel);
    this.#gaps.clear();
  }
}
