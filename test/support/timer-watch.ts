import { createHook } from "node:async_hooks";

/** Notes the timers that are set meanwhile and not over: those that keep no process alive too, which Node does not list. */
export class TimerWatch {
  readonly #timers = new Set<number>();
  readonly #hook = createHook({
    init: (id, type) => {
      if (type === "Timeout") this.#timers.add(id);
    },
    destroy: (id) => {
      this.#timers.delete(id);
    },
  });

  constructor() {
    this.#hook.enable();
  }

  get count(): number {
    return this.#timers.size;
  }

  stop(): void {
    this.#hook.disable();
  }
}
