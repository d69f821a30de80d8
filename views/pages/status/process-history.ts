import { KEPT, type ProcessInfo, type Sample } from "../../../handlers/status/protocol.ts";

/** What is known of one process: its samples of the last ten minutes. */
export class ProcessHistory {
  readonly process: ProcessInfo;
  readonly #samples = new Map<number, Sample>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(process: ProcessInfo) {
    this.process = process;
  }

  /** The time of the earliest sample, in seconds since 1970. */
  get first(): number {
    return this.#first;
  }

  /** The time of the latest sample, in seconds since 1970. */
  get last(): number {
    return this.#last;
  }

  /** The times of all samples, in the order in which they came. */
  get times(): Iterable<number> {
    return this.#samples.keys();
  }

  /** The sample of a second. */
  at(time: number): Sample | undefined {
    return this.#samples.get(time);
  }

  /** Takes samples in any order. What is there already stays: it comes again with each connection. */
  add(samples: readonly Sample[]): void {
    for (const sample of samples) {
      if (!this.#samples.has(sample.time)) this.#samples.set(sample.time, sample);
      this.#first = Math.min(this.#first, sample.time);
      this.#last = Math.max(this.#last, sample.time);
    }
  }

  /** Drops what is older than the charts that end at a time. */
  forget(now: number): void {
    for (; this.#first < now - KEPT && this.#first <= this.#last; this.#first++)
      this.#samples.delete(this.#first);
  }
}
