import { KEPT, type ProcessInfo, type Report, type Sample } from "./protocol.ts";

/** How many samples a report has at most: some 60 kB of text. */
const MAX_SAMPLES = 100;

/** What is kept of one process: its samples of the last ten minutes. */
export class History {
  readonly process: ProcessInfo;
  readonly #samples = new Map<number, Sample>();

  constructor(process: ProcessInfo) {
    this.process = process;
  }

  /** Takes samples in any order; what is there already comes again, and is passed over. @returns what is new */
  add(samples: readonly Sample[]): Sample[] {
    const added = samples.filter(({ time }) => !this.#samples.has(time));
    for (const sample of added) this.#samples.set(sample.time, sample);
    if (this.#samples.size > 2 * KEPT) this.#forget();
    return added;
  }

  /** Whether nothing is left: it was of a process that has ended. */
  get isOver(): boolean {
    this.#forget();
    return this.#samples.size === 0;
  }

  /** All that is kept, in the order of time, in reports that are not too long for one message. */
  reports(): Report[] {
    this.#forget();
    const samples = [...this.#samples.values()].sort((a, b) => a.time - b.time);
    const count = Math.ceil(samples.length / MAX_SAMPLES);
    return Array.from({ length: count }, (_, i) => ({
      process: this.process,
      samples: samples.slice(i * MAX_SAMPLES, (i + 1) * MAX_SAMPLES),
    }));
  }

  #forget(): void {
    const oldest = Date.now() / 1_000 - KEPT;
    for (const time of this.#samples.keys()) if (time <= oldest) this.#samples.delete(time);
  }
}
