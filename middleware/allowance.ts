/**
 * How many messages a peer may send: a token bucket, which holds `burst` tokens at most and gets `rate` new ones a second.
 *
 * While its connection is paused, tokens come in without an upper bound: what the peer sends then waits in the network, and
 * arrives all at once through no fault of its own.
 */
export class Allowance {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #countedAt: number;
  #paused = false;

  /**
   * @param rate messages a second
   * @param burst messages at once
   * @param now the time, in milliseconds, as in every other call
   */
  constructor(rate: number, burst: number, now = performance.now()) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#countedAt = now;
  }

  /** Takes the token of one message; false if there is none left. */
  take(now = performance.now()): boolean {
    this.#count(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  pause(now = performance.now()): void {
    this.#count(now);
    this.#paused = true;
  }

  resume(now = performance.now()): void {
    this.#count(now);
    this.#paused = false;
  }

  /** Adds the tokens that have come in since the last time. */
  #count(now: number): void {
    const tokens = this.#tokens + ((now - this.#countedAt) / 1000) * this.#rate;
    const most = this.#paused ? Number.POSITIVE_INFINITY : Math.max(this.#burst, this.#tokens);
    this.#tokens = Math.min(tokens, most);
    this.#countedAt = now;
  }
}
