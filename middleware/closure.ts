import { type ConnectionClosed, connectionClosed } from "./errors.ts";

/** How a connection ended. */
export interface CloseEvent {
  /** The close code (RFC 6455 §7.1.5): 1006 if there was no close frame. */
  readonly code: number;
  /** The reason in the close frame, at most 123 bytes of UTF-8; empty if there was none. */
  readonly reason: string;
}

/**
 * The end of one connection: it begins when either side sends a close frame, or the socket breaks, and ends when the
 * socket is gone. The promise and the signal are made when first asked for, since most connections ask for neither.
 */
export class Closure {
  /** Why nothing can be received or sent any more; undefined while the connection is open. */
  error: ConnectionClosed | undefined;
  /** Set once the socket is gone. */
  event: CloseEvent | undefined;
  /** Whether this side ended the connection because of what it received: a protocol error, a message too large. */
  failed = false;
  #controller: AbortController | undefined;
  #closed: Promise<CloseEvent> | undefined;
  #resolve: ((event: CloseEvent) => void) | undefined;

  /** Aborted, with {@link Closure.error} as its reason, as soon as the connection begins to close. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.error) this.#controller.abort(this.error);
    }
    return this.#controller.signal;
  }

  /** Resolves when the socket is gone. It never rejects. */
  get closed(): Promise<CloseEvent> {
    const { event } = this;
    this.#closed ??= event
      ? Promise.resolve(event)
      : new Promise((resolve) => {
          this.#resolve = resolve;
        });
    return this.#closed;
  }

  /** The first who closes says why, and gets the error; whoever comes later gets undefined. */
  begin(code: number, reason: string): ConnectionClosed | undefined {
    if (this.error) return undefined;
    this.error = connectionClosed(code, reason);
    this.#controller?.abort(this.error);
    return this.error;
  }

  /** The socket is gone. `code` is 1006 where no close frame came: then what this side had objected to says more. */
  end(code: number, reason: string): void {
    const { error } = this;
    const sameCode = error?.closeCode === code;
    this.event =
      error && (this.failed || sameCode)
        ? { code: error.closeCode, reason: reason || error.reason }
        : { code, reason };
    this.#resolve?.(this.event);
  }
}
