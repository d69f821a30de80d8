/** Trims a log in the background: some entries at a time, so that others come in between. */
export class Trimmer {
  readonly #trim: () => Promise<boolean>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #stopped = false;

  /**
   * @param trim trims some; gives whether there may be more
   * @param interval milliseconds from one time to the next
   */
  constructor(trim: () => Promise<boolean>, interval: number) {
    this.#trim = trim;
    // It keeps no process alive.
    this.#timer = setInterval(() => this.#start(), interval).unref();
  }

  /** Resolves when it has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#trim()));
    } catch {
      // The disk is full, or another process writes for long: the next time will do.
    }
    this.#running = undefined;
  }
}
