import { ConcurrencyError, RecvTimeoutError } from "../errors.ts";
import type { RecvOptions } from "../recv-options.ts";
import { MAX_DELAY } from "../timer.ts";

/** What was received and not yet taken. */
export interface Inbox<M> {
  push(message: M): void;
  /** Waits for the next message: the contract of `Connection.recv()`. */
  recv(options?: RecvOptions): Promise<M>;
  /** Nothing comes in any more: what has come in is still given out, then `recv()` rejects with `error`. */
  end(error: unknown): void;
}

/** Creates an inbox like that of the server's connections, for a socket that nobody can pause. */
export function createInbox<M>(): Inbox<M> {
  const messages: M[] = [];
  let read: ((message: M | Promise<M>) => void) | undefined;
  let failure: unknown;

  function wait({ signal, timeout }: RecvOptions): Promise<M> {
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const over = new AbortController();
      const settle = (message: M | Promise<M>): void => {
        read = undefined;
        clearTimeout(timer);
        over.abort();
        resolve(message);
      };
      const giveUp = (reason: unknown): void => settle(Promise.reject(reason));
      read = settle;
      signal?.addEventListener("abort", () => giveUp(signal.reason), { signal: over.signal });
      if (timeout !== undefined)
        timer = setTimeout(() => giveUp(new RecvTimeoutError(timeout)), Math.min(timeout, MAX_DELAY));
    });
  }

  return {
    push(message) {
      if (read) read(message);
      else if (!failure) messages.push(message);
    },
    async recv(options = {}) {
      if (read) throw new ConcurrencyError();
      options.signal?.throwIfAborted();
      const [message] = messages.splice(0, 1);
      if (message !== undefined) return message;
      if (failure) throw failure;
      return wait(options);
    },
    end(error) {
      failure = error;
      read?.(Promise.reject(error));
    },
  };
}
