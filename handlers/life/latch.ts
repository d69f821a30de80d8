/**
 * Holds everyone back until it is opened. Waiting ends early, with the signal's reason, for those whose signal is aborted.
 */
export class Latch {
  readonly #waiting = new Set<() => void>();
  #opened = false;

  get opened(): boolean {
    return this.#opened;
  }

  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  wait(signal: AbortSignal): Promise<void> {
    if (this.#opened) return Promise.resolve();
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.#waiting.delete(go);
        reject(signal.reason);
      };
      this.#waiting.add(go);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }
}
