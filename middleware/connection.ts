import { checkCloseCode, cutReason } from "./close-frame.ts";
import type { CloseEvent } from "./closure.ts";
import { type Data, type Message, toMessage } from "./message.ts";
import { Messages } from "./messages.ts";
import type { RawWebSocket } from "./raw.ts";
import type { RecvOptions } from "./recv-options.ts";
import { rejected } from "./rejected.ts";
import type { Transport } from "./transport.ts";

/** One side of an open WebSocket: what a handler holds. */
export class Connection implements AsyncIterable<Message> {
  readonly #transport: Transport;

  /** @internal */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * The `WebSocket` of `ws` underneath: its events and methods work, and keep the order of what is sent here. While it has a
   * listener for `message`, messages go to that and not to `recv()`.
   */
  get raw(): RawWebSocket {
    return this.#transport;
  }

  /** The peer's address; Express's `req.ip`, which honours `trust proxy`, on a server of Express. */
  get remoteAddress(): string | undefined {
    return this.#transport.address;
  }

  /** The subprotocol that was agreed on; empty if none. */
  get protocol(): string {
    return this.#transport.protocol;
  }

  /** How many bytes were sent and are not yet written to the network. */
  get bufferedAmount(): number {
    return this.#transport.outbox.bufferedAmount;
  }

  /** Resolves, and never rejects, with the close code and reason once the socket is gone. */
  get closed(): Promise<CloseEvent> {
    return this.#transport.closure.closed;
  }

  /** Aborted as soon as the connection begins to close, whoever closes it: its reason is the {@link ConnectionClosed} error. */
  get signal(): AbortSignal {
    return this.#transport.closure.signal;
  }

  /**
   * Waits for the next message: a string if it is text, a Buffer if it is binary. What was received before a close is
   * still given out, in order. It may be awaited later: a failure until then is never an unhandled rejection.
   *
   * @param options what ends the wait. Default: nothing but the end of the connection
   * @throws {@link ConnectionClosedOK} or {@link ConnectionClosedError} once the connection is closed and all messages are taken
   * @throws {@link RecvTimeoutError}, or the signal's reason, when `options` ends the wait: no message is lost
   * @throws {@link ConcurrencyError} while another `recv()` is pending
   */
  recv(options?: RecvOptions): Promise<Message> {
    return this.#transport.inbox.recv(options);
  }

  /**
   * Sends one message. All that is sent in one turn of the event loop leaves together at its end. Awaiting gives
   * backpressure: it resolves when less than `sendHighWaterMark` waits to be written. Not awaiting is safe: a failure is
   * then never an unhandled rejection; but a connection with more than `maxBufferedAmount` unwritten is closed with 1013.
   *
   * @param data a string goes out as text, anything else as binary; not copied, so leave it as it is until then
   * @throws {@link ConnectionClosed} once the connection has begun to close
   * @throws TypeError at once for anything but a string, an ArrayBuffer or a view of one
   */
  send(data: Data): Promise<void> {
    const message = toMessage(data);
    const { closeError, outbox, meters } = this.#transport;
    if (closeError) return rejected(closeError);
    const size = Buffer.byteLength(message);
    meters?.sent.add(size);
    return outbox.send(message, size);
  }

  /**
   * Closes the connection (RFC 6455 §7.1.2): what was sent before still leaves. Resolves, and never rejects, when the
   * socket is gone, which takes at most `closeTimeout`. On a connection that is closing already it only waits.
   *
   * @param code 1000 to 1014 but for 1004 to 1006, or 3000 to 4999 (RFC 6455 §7.4). Default: 1000
   * @param reason for the peer to read; cut at 123 bytes of UTF-8. Default: empty
   * @throws RangeError at once for a code that may not be sent
   */
  close(code = 1000, reason = ""): Promise<void> {
    checkCloseCode(code);
    this.#transport.close(code, cutReason(reason));
    return this.closed.then(() => {});
  }

  /**
   * Pings the peer; resolves with the milliseconds until its pong.
   *
   * @throws {@link ConnectionClosed} if the connection closes first
   */
  ping(): Promise<number> {
    const { closeError } = this.#transport;
    return closeError ? rejected(closeError) : this.#transport.measure();
  }

  /**
   * The messages, one by one. The loop ends silently when the connection is closed on purpose (1000, 1001, 1005) and
   * throws a {@link ConnectionClosedError} when it is closed for another reason. Leaving the loop early closes nothing.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Message> {
    return new Messages(this.#transport.inbox);
  }
}
