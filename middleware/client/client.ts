import type { CloseEvent } from "../closure.ts";
import type { RecvOptions } from "../recv-options.ts";
import type { Data } from "./send-queue.ts";

/** One message: text as a string, binary as an ArrayBuffer. */
export type Message = string | ArrayBuffer;

/** What to connect to, asked anew for each attempt where it is a function. */
export type Address = string | URL | (() => string | URL | Promise<string | URL>);

/** `connecting`: an attempt is under way. `waiting`: the next one is to come. `closed`: there is none to come. */
export type ClientState = "connecting" | "open" | "waiting" | "closed";

/** A connection that outlives its sockets. */
export interface Client extends AsyncIterable<Message> {
  /** Resolves, and never rejects, with the last close code and reason, once the client is closed and its socket gone. */
  readonly closed: Promise<CloseEvent>;
  /** What the client is doing. */
  readonly state: ClientState;
  /** The subprotocol of the open connection; empty if there is none. */
  readonly protocol: string;
  /** How many messages wait to be sent: for a connection, or for room in it. */
  readonly queued: number;

  /**
   * Waits for the next message, for as long as it takes: while there is no connection it goes on waiting for one that
   * brings a message. What was received before an end is still given out, in order. Messages that are not taken wait in
   * memory, as many as come: no WebSocket of browsers can be paused.
   *
   * @param options what ends the wait. Default: nothing but the end of the client
   * @throws {@link ConnectionClosedOK} or {@link ConnectionClosedError} once the client is closed and all messages are taken
   * @throws {@link RecvTimeoutError}, or the signal's reason, when `options` ends the wait: no message is lost
   * @throws {@link ConcurrencyError} while another `recv()` is pending
   */
  recv(options?: RecvOptions): Promise<Message>;

  /**
   * Sends one message; without a connection it waits, in order, for the next one. Resolves when the message was given to
   * an open connection in which less than 64 KiB waited: awaiting gives backpressure. That is not yet arrival: what a
   * connection held when it broke may be lost, as with any WebSocket, so what must not be lost needs an answer of the
   * server's. What is worth nothing later is better not sent unless `state` is `open`. Bytes are not copied: leave them
   * as they are until then. Not awaiting is safe: a failure is then never an unhandled rejection.
   *
   * @param data a string goes out as text, anything else as binary
   * @throws {@link ConnectionClosedOK} or {@link ConnectionClosedError} once the client is closed; it was then not sent
   * @throws TypeError at once for anything but a string, an ArrayBuffer or a view of one
   */
  send(data: Data): Promise<void>;

  /**
   * Closes the client, for good. What waits to be sent still leaves if there is a connection, and rejects if there is
   * none. Resolves, and never rejects, when the socket is gone. On a client that is closed already it only waits.
   *
   * @param code 1000, or one from 3000 to 4999: a browser sends no other. Default: 1000
   * @param reason for the server to read: at most 123 bytes of UTF-8. Default: empty
   * @throws Error at once, of the kind that `WebSocket` throws, for a code or a reason that may not be sent: the client
   * then goes on
   */
  close(code?: number, reason?: string): Promise<void>;

  /**
   * The messages, one by one, of one connection after the other. The loop ends silently when the client is closed on
   * purpose (1000, 1001, 1005) and throws a {@link ConnectionClosedError} when a close code says otherwise. Leaving the loop
   * early closes nothing.
   */
  [Symbol.asyncIterator](): AsyncGenerator<Message, void, void>;
}
