/** The timer runs so many times within the timeout: that is how exact it is. */
const TICKS = 20;

/**
 * Calls back for each item that is not taken out in time. All have the same time, and one timer serves them all: one for each,
 * which nearly always has nothing to do, would be made and cleared with every handshake.
 */
export class Deadlines<T> {
  readonly #timeout: number;
  readonly #overdue: (item: T) => void;
  /** When the time of each is over; in that order. */
  readonly #ends = new Map<T, number>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param timeout in milliseconds; 0: there is no deadline
   * @param overdue called when an item's time is over; it is taken out by then
   */
  constructor(timeout: number, overdue: (item: T) => void) {
    this.#timeout = timeout;
    this.#overdue = overdue;
  }

  add(item: T): void {
    if (this.#timeout === 0) return;
    this.#ends.set(item, performance.now() + this.#timeout);
    this.#timer ??= setInterval(() => this.#tick(), Math.max(1, this.#timeout / TICKS)).unref();
  }

  delete(item: T): void {
    this.#ends.delete(item);
  }

  #tick(): void {
    const now = performance.now();
    for (const [item, end] of this.#ends) {
      if (end > now) break;
      this.#ends.delete(item);
      this.#overdue(item);
    }
    if (this.#ends.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
