/** Remembers the latest of what it was shown, so that memory does not grow without end. */
export class Recent {
  readonly #ids = new Set<string>();
  readonly #most: number;

  /** @param most how many it remembers */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether an id is new; it is remembered from then on. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#most) this.#forgetOldest();
    return true;
  }

  #forgetOldest(): void {
    // A set has the order in which it was filled.
    for (const oldest of this.#ids) {
      this.#ids.delete(oldest);
      return;
    }
  }
}
