/** How often something may happen: a bucket that holds `burst` tokens at most, and gets `rate` new ones a second. */
export class TokenBucket {
  readonly #burst: number;
  readonly #rate: number;
  #tokens: number;
  #countedAt: number;

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

  /** Takes a token: gives 0, or, where there is none, in how many milliseconds there will be one. */
  take(now = performance.now()): number {
    const grown = this.#tokens + ((now - this.#countedAt) / 1000) * this.#rate;
    this.#tokens = Math.min(grown, this.#burst);
    this.#countedAt = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
    this.#tokens -= 1;
    return 0;
  }
}
