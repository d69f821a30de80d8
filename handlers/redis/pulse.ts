/** What a pulse is made of. */
export interface PulseOptions {
  /** Says something, which comes back by {@link Pulse.heard} if all is well. Settles when it is said, or cannot be. */
  beat(count: number): Promise<unknown>;
  /** Told of each change. */
  changed(available: boolean, cause: string): void;
  /** From one beat to the next, in milliseconds; one that has not come back by then is missed. */
  readonly interval: number;
}

/** For how many intervals in a row it may be silent. */
const PATIENCE = 3;

/**
 * Says whether Redis is there: what is said to it has to come back on a channel. So it is known that commands and subscriptions
 * both work, and a Redis that hangs without closing is noticed, too.
 */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #timer: NodeJS.Timeout;
  /** Undefined until that is known. */
  #available: boolean | undefined;
  #count = 0;
  /** Whether a beat is under way: another one would keep a connection that has stalled from being found out. */
  #beating = false;
  /** How many intervals have gone since a beat came back. */
  #silent = 0;
  /** Beats up to this one say nothing about how it is now. */
  #void = 0;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), options.interval).unref();
  }

  get available(): boolean {
    return this.#available === true;
  }

  /** Beats at once, for whoever has reason to think that it is there. */
  beat(): void {
    if (this.#beating) return;
    this.#beating = true;
    this.#count += 1;
    const done = () => {
      this.#beating = false;
    };
    this.#options.beat(this.#count).then(done, done);
  }

  /** A beat came back. */
  heard(count: number): void {
    if (count <= this.#void) return;
    this.#silent = 0;
    this.#change(true, "");
  }

  /** Something failed: what was said before may never come back, though it was heard. */
  failed(cause: string): void {
    this.#void = this.#count;
    this.#change(false, cause);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#available = false;
  }

  #tick(): void {
    if (this.#available && ++this.#silent > PATIENCE) this.failed("it does not answer");
    this.beat();
  }

  #change(available: boolean, cause: string): void {
    if (available === this.#available) return;
    this.#available = available;
    this.#options.changed(available, cause);
  }
}
