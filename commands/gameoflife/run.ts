import { limiter } from "../limiter.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { Pace } from "./pace.ts";
import type { Progress } from "./progress.ts";
import type { ConnectTo } from "./servers.ts";
import type { Shared } from "./worker.ts";
import type { Identity } from "./worker-in-steps.ts";

/** How many connections are being closed at once. */
const CLOSINGS_AT_ONCE = 128;

/** What a run is made of. */
export interface RunOptions {
  readonly identity: Identity;
  readonly connect: ConnectTo;
  /** The step to end after; Infinity for a game without an end. */
  readonly steps: number;
  readonly pace: Pace;
  readonly progress: Progress;
  /** For how many milliseconds there may be no server before the game breaks off. */
  readonly patience: number;
}

/** What the workers of one process share that play a game together, and how long they do. */
export class Run implements Shared {
  readonly identity: Identity;
  readonly connect: ConnectTo;
  readonly steps: number;
  readonly pace: Pace;
  readonly progress: Progress;
  readonly heartbeat = new Heartbeat();
  /** Closes connections without a rush: thousands at once take a server as much memory for a moment as all of them do. */
  readonly closing = limiter(CLOSINGS_AT_ONCE);
  readonly #patience: number;
  /** Resolves when the run is over. */
  readonly over: Promise<void>;
  #isOver = false;
  #end: () => void = () => {};
  /** What is called then. */
  readonly #waiting = new Set<() => void>();
  /** Since when no server has been heard of. */
  #aloneSince = performance.now();

  constructor({ patience, ...options }: RunOptions) {
    this.identity = options.identity;
    this.connect = options.connect;
    this.steps = options.steps;
    this.pace = options.pace;
    this.progress = options.progress;
    this.#patience = patience;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Lets all workers close their connections: all are through, or the game is lost. */
  end(): void {
    this.#isOver = true;
    this.#end();
    for (const go of this.#waiting) go();
  }

  /** Waits for so many milliseconds, or until the run is over. */
  wait(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, delay);
      this.atEnd(go);
    });
  }

  /**
   * Calls a function when the run is over: at once, if it is.
   *
   * @returns a function that prevents it
   */
  atEnd(go: () => void): () => void {
    if (this.#isOver) go();
    else this.#waiting.add(go);
    return () => this.#waiting.delete(go);
  }

  /** A worker is connected. */
  connected(): void {
    this.progress.connected += 1;
  }

  /** A worker's connection was lost. */
  disconnected(): void {
    this.progress.connected -= 1;
    if (this.progress.connected === 0) this.heard();
  }

  /** A server was heard of, whether a worker is connected to it or not. */
  heard(): void {
    this.#aloneSince = performance.now();
  }

  /** Whether there is still hope that a server comes back. */
  get isPatient(): boolean {
    return this.progress.connected > 0 || performance.now() - this.#aloneSince < this.#patience;
  }
}
