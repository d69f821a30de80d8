/** How often something may happen: a bucket that holds `burst` tokens at most, and gets `rate` new ones a second. */
export class TokenBucket {
  readonly #burst: number;
  readonly #rate: number;
  #tokens: number;
  #countedAt: number;
  /** When the last of those who have to wait gets a token. */
  #promised = Number.NEGATIVE_INFINITY;

  /**
   * @param burst how often at once
   * @param rate how often a second
   * @param now the time, in milliseconds, as in every other call
   */
  constructor(burst: number, rate: number, now = performance.now()) {
    this.#burst = burst;
    this.#rate = rate;
    this.#tokens = burst;
    this.#countedAt = now;
  }

  /**
   * Takes a token: gives 0, or, where there is none, in how many milliseconds to come again. Of several who have to wait each is
   * given another time, at which there is a token for it.
   */
  take(now = performance.now()): number {
    const grown = this.#tokens + ((now - this.#countedAt) / 1000) * this.#rate;
    this.#tokens = Math.min(grown, this.#burst);
    this.#countedAt = now;
    if (this.#tokens < 1) return this.#promise(now);
    this.#tokens -= 1;
    return 0;
  }

  #promise(now: number): number {
    const interval = 1000 / this.#rate;
    this.#promised = Math.max(now + (1 - this.#tokens) * interval, this.#promised + interval);
    // Timers may end a millisecond early.
    return Math.ceil(this.#promised - now) + 1;
  }
}
