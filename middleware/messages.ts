import type { Inbox } from "./inbox.ts";
import type { Message } from "./message.ts";

/**
 * Iterates over the messages of an inbox, without an end of its own: leaving the loop leaves the connection open. A plain
 * object, since a generator that waits costs every parked connection more memory.
 */
export class Messages implements AsyncIterableIterator<Message> {
  readonly #inbox: Inbox;

  constructor(inbox: Inbox) {
    this.#inbox = inbox;
  }

  next(): Promise<IteratorResult<Message, undefined>> {
    return this.#inbox.next();
  }

  async return(): Promise<IteratorResult<Message, undefined>> {
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
