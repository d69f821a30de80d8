import { ConcurrencyError, ConnectionClosedOK, RecvTimeoutError } from "./errors.ts";
import type { Message } from "./message.ts";
import type { RecvOptions } from "./recv-options.ts";
import { rejected, silenced } from "./rejected.ts";
import { timerDelay } from "./timer.ts";

/** What an inbox needs of the socket that fills it. */
export interface Source {
  pause(): void;
  resume(): void;
}

/** What iteration gives: a message, or the end. */
type Result = IteratorResult<Message, undefined>;

const DONE: Result = { value: undefined, done: true };

/** For all that hold no message, as most do most of the time. */
const NONE: Message[] = [];

/**
 * The messages that were received and not yet taken. Beyond one of the limits the source is paused, so that a slow handler holds
 * its peer back instead of filling memory. What had been read from the socket by then still comes in.
 */
export class Inbox {
  readonly #source: Source;
  readonly #highWaterMark: number;
  readonly #maxSize: number;
  #messages = NONE;
  /** Where the oldest message is: moving it is cheaper than `shift()`. */
  #head = 0;
  #size = 0;
  /** Whoever waits, by `recv()` or by `next()`: fields and no object, as most connections wait most of the time. */
  #giveMessage: ((message: Message) => void) | undefined;
  #giveResult: ((result: Result) => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  /** What they were given: they may await it later only. */
  #waiting: Promise<unknown> | undefined;
  #paused = false;
  #error: Error | undefined;

  /**
   * @param highWaterMark how many messages may wait
   * @param maxSize how many bytes of them, or characters of text
   */
  constructor(source: Source, highWaterMark: number, maxSize = Number.POSITIVE_INFINITY) {
    this.#source = source;
    this.#highWaterMark = highWaterMark;
    this.#maxSize = maxSize;
  }

  /** Whether the source is paused because nobody takes what has come in. */
  get paused(): boolean {
    return this.#paused;
  }

  push(message: Message): void {
    if (this.#error) return;
    if (this.#give(message)) return;
    if (this.#messages === NONE) this.#messages = [];
    this.#messages.push(message);
    this.#size += message.length;
    if (!this.#paused && this.#isBeyond(1)) {
      this.#paused = true;
      this.#source.pause();
    }
  }

  recv(options?: RecvOptions): Promise<Message> {
    if (this.#reject) return Promise.reject(new ConcurrencyError());
    if (options?.signal?.aborted) return Promise.reject(options.signal.reason);
    const message = this.#take();
    if (message !== undefined) return Promise.resolve(message);
    if (this.#error) return rejected(this.#error);
    return options ? silenced(this.#waitAtMost(options)) : this.#wait();
  }

  /** {@link Inbox.recv}, as an iterator gives it: the iteration ends where the connection was closed on purpose. */
  next(): Promise<Result> {
    if (this.#reject) return Promise.reject(new ConcurrencyError());
    const message = this.#take();
    if (message !== undefined) return Promise.resolve({ value: message, done: false });
    if (this.#error instanceof ConnectionClosedOK) return Promise.resolve(DONE);
    if (this.#error) return rejected(this.#error);
    const waiting = new Promise<Result>((resolve, reject) => {
      this.#giveResult = resolve;
      this.#reject = reject;
    });
    this.#waiting = waiting;
    return waiting;
  }

  /** Nothing comes in any more: what has come in is still given out, then `recv()` rejects with `error`. */
  end(error: Error): void {
    this.#error = error;
    this.#resume();
    if (this.#waiting) silenced(this.#waiting);
    if (this.#giveResult && error instanceof ConnectionClosedOK) this.#giveResult(DONE);
    else this.#reject?.(error);
    this.#forgetReader();
  }

  /** Gives a message to whoever waits; false if nobody does. */
  #give(message: Message): boolean {
    if (!this.#reject) return false;
    const giveMessage = this.#giveMessage;
    const giveResult = this.#giveResult;
    this.#forgetReader();
    if (giveMessage) giveMessage(message);
    else giveResult?.({ value: message, done: false });
    return true;
  }

  #forgetReader(): void {
    this.#giveMessage = undefined;
    this.#giveResult = undefined;
    this.#reject = undefined;
    this.#waiting = undefined;
  }

  #take(): Message | undefined {
    const message = this.#messages[this.#head];
    if (message === undefined) return undefined;
    this.#head += 1;
    this.#size -= message.length;
    const left = this.#messages.length - this.#head;
    // Not only once empty: a peer that is always ahead would keep what was taken in memory for ever.
    if (this.#head >= left) {
      this.#messages = left === 0 ? NONE : this.#messages.slice(this.#head);
      this.#head = 0;
    }
    if (!this.#isBeyond(1 / 2)) this.#resume();
    return message;
  }

  /** Whether more waits than a share of either limit. */
  #isBeyond(share: number): boolean {
    const waiting = this.#messages.length - this.#head;
    return waiting > this.#highWaterMark * share || this.#size > this.#maxSize * share;
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#source.resume();
  }

  #wait(): Promise<Message> {
    const waiting = new Promise<Message>((resolve, reject) => {
      this.#giveMessage = resolve;
      this.#reject = reject;
    });
    this.#waiting = waiting;
    return waiting;
  }

  async #waitAtMost({ signal, timeout }: RecvOptions): Promise<Message> {
    const delay = timeout === undefined ? undefined : timerDelay("timeout", timeout);
    const message = this.#wait();
    const reject = this.#reject;
    const giveUp = (reason: unknown): void => {
      // Only this wait: a message may have ended it already, and another may have begun.
      if (this.#reject !== reject) return;
      this.#forgetReader();
      reject?.(reason);
    };
    const onAbort = (): void => giveUp(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    const timer =
      delay === undefined ? undefined : setTimeout(() => giveUp(new RecvTimeoutError(delay)), delay);
    try {
      return await message;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }
}
