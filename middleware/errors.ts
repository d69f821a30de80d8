/**
 * The errors of the library. Each has a stable `code`.
 *
 * ```
 * Error
 * ├── HandshakeError              before the 101, to the app's error handler: `status`, `headers`
 * ├── ConnectionClosed            `recv`, `send` or `ping` on a closed connection: `closeCode`, `reason`
 * │   ├── ConnectionClosedOK      closed on purpose: 1000, 1001, or a close frame without a code
 * │   └── ConnectionClosedError   anything else: a refusal, a protocol error, a network failure
 * ├── WebSocketError              thrown by a handler, to close with `closeCode` and `reason`
 * ├── ConcurrencyError            two `recv()` at once on one connection
 * ├── RecvTimeoutError            `recv({ timeout })` ran out
 * └── UnexpectedResponse          a client got another answer than a 101: `response`
 * ```
 */

import { checkCloseCode } from "./close-frame.ts";

/** Closed on purpose (RFC 6455 §7.4.1): normal closure, going away, no code in the close frame. */
const OK_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/**
 * A handshake that the view refuses. It goes to `next(err)`: Express answers with its `status`, its `headers` and,
 * outside production or through the app's own error handler, its message.
 */
export class HandshakeError extends Error {
  /** Always `ERR_HANDSHAKE`. */
  readonly code: string = "ERR_HANDSHAKE";
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The same, under the name that `http-errors` also uses. */
  readonly statusCode: number;
  /** Headers that belong to the answer, such as `Upgrade` on a 426. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the message may be shown to the client: not that of a 500, which is for the developer. */
  readonly expose: boolean;

  /**
   * @param status the HTTP status of the answer
   * @param message what was wrong and what to do
   * @param headers of the answer. Default: none
   */
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "HandshakeError";
    this.status = status;
    this.statusCode = status;
    this.headers = headers;
    this.expose = status !== 500;
  }
}

/** The connection is closed: nothing more can be received or sent. */
export class ConnectionClosed extends Error {
  /** `ERR_CONNECTION_CLOSED_OK` or `ERR_CONNECTION_CLOSED_ERROR`, by which of its two kinds it is. */
  readonly code: string = "ERR_CONNECTION_CLOSED";
  /** The close code (RFC 6455 §7.1.5): 1006 if the connection ended without a close frame. */
  readonly closeCode: number;
  /** The reason in the close frame; empty if there was none. */
  readonly reason: string;

  /** @hidden */
  constructor(closeCode: number, reason: string) {
    super(`Connection closed: ${closeCode} ${reason}`.trimEnd());
    this.name = new.target.name;
    this.closeCode = closeCode;
    this.reason = reason;
  }
}

/** The connection was closed on purpose: 1000, 1001 or 1005. Iteration ends silently on it. */
export class ConnectionClosedOK extends ConnectionClosed {
  /** Always `ERR_CONNECTION_CLOSED_OK`. */
  override readonly code = "ERR_CONNECTION_CLOSED_OK";
}

/** The connection was closed for any other reason, or broke (1006). Iteration throws it. */
export class ConnectionClosedError extends ConnectionClosed {
  /** Always `ERR_CONNECTION_CLOSED_ERROR`. */
  override readonly code = "ERR_CONNECTION_CLOSED_ERROR";
}

/** The {@link ConnectionClosed} that fits a close code. */
export function connectionClosed(closeCode: number, reason: string): ConnectionClosed {
  const ErrorClass = OK_CODES.has(closeCode) ? ConnectionClosedOK : ConnectionClosedError;
  return new ErrorClass(closeCode, reason);
}

/**
 * What a handler throws to close its connection with a code of its choice, because of something the peer did. It is
 * not reported: the peer is told.
 *
 * @example
 * throw new WebSocketError(1008, "One vote each");
 */
export class WebSocketError extends Error {
  /** Always `ERR_WEBSOCKET`. */
  readonly code: string = "ERR_WEBSOCKET";
  /** A code that may be sent (RFC 6455 §7.4): 1000 to 1014 but for 1004 to 1006, or 3000 to 4999. */
  readonly closeCode: number;
  /** What the peer reads: cut at 123 bytes of UTF-8. */
  readonly reason: string;

  /**
   * @param closeCode 1000 to 1014 but for 1004 to 1006, or 3000 to 4999
   * @param reason for the peer to read; cut at 123 bytes of UTF-8. Default: empty
   * @throws RangeError at once for a code that may not be sent
   */
  constructor(closeCode: number, reason = "") {
    checkCloseCode(closeCode);
    super(`${closeCode} ${reason}`);
    this.name = "WebSocketError";
    this.closeCode = closeCode;
    this.reason = reason;
  }
}

/** A second `recv()` while one is pending: which of them the next message belongs to would be left to chance. */
export class ConcurrencyError extends Error {
  /** Always `ERR_CONCURRENT_RECV`. */
  readonly code = "ERR_CONCURRENT_RECV";

  /** @hidden */
  constructor() {
    super("recv() is already pending: await it before the next");
    this.name = "ConcurrencyError";
  }
}

/** No message came within the `timeout` of `recv()`. The next message is not lost: the next `recv()` gets it. */
export class RecvTimeoutError extends Error {
  /** Always `ERR_RECV_TIMEOUT`. */
  readonly code = "ERR_RECV_TIMEOUT";

  /** @hidden */
  constructor(timeout: number) {
    super(`No message within ${timeout} ms`);
    this.name = "RecvTimeoutError";
  }
}

/** What a server answered to a client's handshake instead of a 101. */
export interface HttpResponse {
  /** The status code (RFC 9110 §15). */
  readonly status: number;
  /** By their names in lower case; `set-cookie` is a list. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body, decoded as UTF-8. */
  readonly text: string;
}

/** A client's handshake got another HTTP response than a 101. */
export class UnexpectedResponse extends Error {
  /** Always `ERR_UNEXPECTED_RESPONSE`. */
  readonly code = "ERR_UNEXPECTED_RESPONSE";
  /** The whole answer. */
  readonly response: HttpResponse;

  /** @hidden */
  constructor(response: HttpResponse) {
    super(`The server answered ${response.status} instead of opening a WebSocket`);
    this.name = "UnexpectedResponse";
    this.response = response;
  }
}
