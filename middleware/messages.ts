import { ConnectionClosedOK } from "./errors.ts";
import type { Inbox } from "./inbox.ts";
import type { Message } from "./message.ts";

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

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
    return this.#inbox.recv().then(toResult, endOrThrow);
  }

  async return(): Promise<IteratorResult<Message, undefined>> {
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function toResult(value: Message): IteratorYieldResult<Message> {
  return { value, done: false };
}

function endOrThrow(error: unknown): IteratorReturnResult<undefined> {
  if (error instanceof ConnectionClosedOK) return DONE;
  throw error;
}
