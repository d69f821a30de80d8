/** Those who wait until something is so. */
export class Waiters {
  #waiting: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];

  /** Resolves when it is so: at once, or at a {@link Waiters.check}. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ condition, resolve });
    });
  }

  /** Called whenever something has changed. */
  check(): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter(({ condition, resolve }) => {
      if (!condition()) return true;
      resolve();
      return false;
    });
  }
}
