import type { Report } from "../../../handlers/status/protocol.ts";
import { ProcessHistory } from "./process-history.ts";

/** A process of which nothing came for as many seconds is taken for gone: until then its sample may still come. */
const PATIENCE = 5;

/** What is known of all processes. */
export class Histories {
  readonly #all = new Map<string, ProcessHistory>();
  #now: number | undefined;

  /** The time of the latest sample of any process, in seconds since 1970; undefined before the first. */
  get now(): number | undefined {
    return this.#now;
  }

  /** In the order in which they were heard of. */
  get all(): readonly ProcessHistory[] {
    return [...this.#all.values()];
  }

  /** Takes what processes report, in any order and more than once. */
  add(reports: readonly Report[]): void {
    for (const { process, samples } of reports) {
      if (samples.length === 0) continue;
      const history = this.#all.get(process.id) ?? new ProcessHistory(process);
      this.#all.set(process.id, history);
      history.add(samples);
      this.#now = Math.max(this.#now ?? history.last, history.last);
    }
    this.#forget(this.#now ?? 0);
  }

  /** Whether a process reports, as far as is known. */
  isAlive({ last }: ProcessHistory): boolean {
    return last > (this.#now ?? last) - PATIENCE;
  }

  #forget(now: number): void {
    for (const [id, history] of this.#all) {
      history.forget(now);
      if (history.first > history.last) this.#all.delete(id);
    }
  }
}
