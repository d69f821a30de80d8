import { memoryUsage } from "node:process";
import type { Stats } from "../../middleware/index.ts";
import { LoopDelay } from "./loop-delay.ts";
import type { Sample } from "./protocol.ts";
import { sampleBetween } from "./sample.ts";

/** In milliseconds. */
const SECOND = 1_000;

/** Takes a sample of this process at each full second of the clock, while it runs; nothing at all while it does not. */
export class Sampler {
  readonly #read: () => Stats;
  readonly #take: (sample: Sample) => void;
  readonly #delay = new LoopDelay();
  #timer: NodeJS.Timeout | undefined;
  #stats: Stats | undefined;
  #readAt = 0;

  /** @param take is given each sample */
  constructor(read: () => Stats, take: (sample: Sample) => void) {
    this.#read = read;
    this.#take = take;
  }

  /** Starts: the first sample comes after half a second at least. Where it runs already it goes on. */
  start(): void {
    if (this.#timer) return;
    this.#stats = this.#read();
    this.#readAt = performance.now();
    this.#delay.start();
    // Of a second that is hardly begun little could be said.
    this.#waitFor(Math.round(Date.now() / SECOND) + 1);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#delay.stop();
  }

  /** The clock may be set, in either direction: a wait is never longer than two seconds. */
  #waitFor(time: number): void {
    const wait = Math.min(Math.max(time * SECOND - Date.now(), 0), 2 * SECOND);
    this.#timer = setTimeout(() => this.#sample(), wait).unref();
  }

  #sample(): void {
    // A timer may fire a little before its time.
    const time = Math.round(Date.now() / SECOND);
    this.#waitFor(time + 1);
    const before = this.#stats;
    const now = performance.now();
    const seconds = (now - this.#readAt) / SECOND;
    const stats = this.#read();
    this.#stats = stats;
    this.#readAt = now;
    const { p50, p99 } = this.#delay.read();
    const { rss, heapUsed } = memoryUsage();
    const moment = { time, delayP50: p50, delayP99: p99, rss, heap: heapUsed };
    if (before) this.#take(sampleBetween(before, stats, seconds, moment));
  }
}
