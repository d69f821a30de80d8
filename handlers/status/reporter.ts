import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Stats } from "../../middleware/index.ts";
import type { Bus } from "../bus/bus.ts";
import { LOOK_TIMEOUT, LOOKS, REPORTS } from "./channels.ts";
import { History } from "./history.ts";
import { formatFrame, type Report, type Sample } from "./protocol.ts";
import { Sampler } from "./sampler.ts";

/** What this process reports of itself: a sample a second while somebody looks, here or at another process, and nothing otherwise. */
export class Reporter {
  readonly #bus: Bus;
  readonly #sampler: Sampler;
  readonly #lookTimeout: number;
  readonly #history = new History({ id: randomUUID(), machine: hostname(), pid: process.pid });
  #listener: ((report: Report) => void) | undefined;
  /** When those who look at other processes were last heard of, by the clock of `performance.now()`. */
  #lookedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param read counts what this process does
   * @param lookTimeout for how long after it was last said that somebody looks at another process this one reports, in milliseconds
   */
  constructor(bus: Bus, read: () => Stats, lookTimeout: number = LOOK_TIMEOUT) {
    this.#bus = bus;
    this.#lookTimeout = lookTimeout;
    this.#sampler = new Sampler(read, (sample) => this.#report(sample));
    bus.subscribe(LOOKS, { hear: (look) => this.#lookFromAfar(look) });
  }

  /** Of this process and no other. */
  get id(): string {
    return this.#history.process.id;
  }

  /** What is kept. */
  get kept(): Report[] {
    return this.#history.reports();
  }

  /** Lets the one listener of this process hear all reports from now on. @returns stops it */
  follow(listener: (report: Report) => void): () => void {
    this.#listener = listener;
    this.#sampler.start();
    return () => {
      this.#listener = undefined;
      this.#rest();
    };
  }

  #lookFromAfar(look: string): void {
    this.#lookedAt = performance.now();
    if (look === "begin") for (const report of this.kept) this.#publish(report);
    this.#sampler.start();
  }

  #report(sample: Sample): void {
    const report = { process: this.#history.process, samples: [sample] };
    this.#history.add(report.samples);
    this.#listener?.(report);
    if (this.#isSeenFromAfar) this.#publish(report);
    this.#rest();
  }

  get #isSeenFromAfar(): boolean {
    return performance.now() < this.#lookedAt + this.#lookTimeout;
  }

  #publish(report: Report): void {
    this.#bus.publish(REPORTS, formatFrame({ type: "reports", reports: [report] }));
  }

  #rest(): void {
    if (!this.#listener && !this.#isSeenFromAfar) this.#sampler.stop();
  }
}
