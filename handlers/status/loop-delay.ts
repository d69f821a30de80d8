import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often the event loop is looked at, in milliseconds: each look wakes the process. */
const RESOLUTION = 40;

/** In nanoseconds. */
const MILLISECOND = 1_000_000;

/** By how much the event loop is late. */
export class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION });

  start(): void {
    this.#histogram.reset();
    this.#histogram.enable();
  }

  stop(): void {
    this.#histogram.disable();
  }

  /** How often it was looked at since the last time. */
  get count(): number {
    return this.#histogram.count;
  }

  /** The median and the 99th percentile since the last time, in milliseconds. */
  read(): { readonly p50: number; readonly p99: number } {
    const [p50, p99] = [this.#percentile(50), this.#percentile(99)];
    this.#histogram.reset();
    return { p50, p99 };
  }

  /** What is measured is the time between two looks, of which {@link RESOLUTION} is as it should be. */
  #percentile(percentile: number): number {
    return Math.max(this.#histogram.percentile(percentile) / MILLISECOND - RESOLUTION, 0);
  }
}
