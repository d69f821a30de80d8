import { ConcurrencyError, RecvTimeoutError } from "./errors.ts";
import type { Message } from "./message.ts";
import type { RecvOptions } from "./recv-options.ts";
import { rejected, silenced } from "./rejected.ts";
import { timerDelay } from "./timer.ts";

/** What an inbox needs of the socket that fills it. */
export interface Source {
  pause(): void;
  resume(): void;
}

interface Reader {
  /** What `recv()` has given. */
  message: Promise<Message> | undefined;
  resolve(message: Message): void;
  reject(reason: unknown): void;
}

/**
 * The messages that were received and not yet taken. Beyond one of the limits the source is paused, so that a slow handler holds
 * its peer back instead of filling memory. What had been read from the socket by then still comes in.
 */
export class Inbox {
  readonly #source: Source;
  readonly #highWaterMark: number;
  readonly #maxSize: number;
  #messages: Message[] = [];
  /** Where the oldest message is: moving it is cheaper than `shift()`. */
  #head = 0;
  #size = 0;
  #reader: Reader | undefined;
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
    const reader = this.#reader;
    if (reader) {
      this.#reader = undefined;
      reader.resolve(message);
      return;
    }
    this.#messages.push(message);
    this.#size += message.length;
    if (!this.#paused && this.#isBeyond(1)) {
      this.#paused = true;
      this.#source.pause();
    }
  }

  recv(options?: RecvOptions): Promise<Message> {
    if (this.#reader) return Promise.reject(new ConcurrencyError());
    if (options?.signal?.aborted) return Promise.reject(options.signal.reason);
    const message = this.#take();
    if (message !== undefined) return Promise.resolve(message);
    if (this.#error) return rejected(this.#error);
    return options ? silenced(this.#waitAtMost(options)) : this.#wait();
  }

  /** Nothing comes in any more: what has come in is still given out, then `recv()` rejects with `error`. */
  end(error: Error): void {
    this.#error = error;
    this.#resume();
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader?.message) silenced(reader.message);
    reader?.reject(error);
  }

  #take(): Message | undefined {
    const message = this.#messages[this.#head];
    if (message === undefined) return undefined;
    this.#head += 1;
    this.#size -= message.length;
    const left = this.#messages.length - this.#head;
    // Not only once empty: a peer that is always ahead would keep what was taken in memory for ever.
    if (this.#head >= left) {
      this.#messages = this.#messages.slice(this.#head);
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
    const message = new Promise<Message>((resolve, reject) => {
      this.#reader = { message: undefined, resolve, reject };
    });
    if (this.#reader) this.#reader.message = message;
    return message;
  }

  async #waitAtMost({ signal, timeout }: RecvOptions): Promise<Message> {
    const delay = timeout === undefined ? undefined : timerDelay("timeout", timeout);
    const message = this.#wait();
    const reader = this.#reader;
    const giveUp = (reason: unknown): void => {
      // Only this wait: a message may have ended it already, and another may have begun.
      if (reader && this.#reader === reader) {
        this.#reader = undefined;
        reader.reject(reason);
      }
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
