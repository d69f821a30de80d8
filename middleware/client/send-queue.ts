import type { WebSocketLike } from "./runtime.ts";

/** What can be sent: a string goes out as text, anything else as binary. */
export type Data = string | ArrayBuffer | ArrayBufferView;

/** What {@link SendQueue} puts messages into. */
export type Sink = Pick<WebSocketLike, "readyState" | "bufferedAmount" | "send">;

/** Sends a message that waited; without a socket it never will be, and its sender is told. */
type Waiting = (socket: Sink | undefined) => void;

/** `WebSocket.OPEN`: a socket that begins to close drops what is sent to it without a word. */
const OPEN = 1;

/** How many bytes may wait in the socket. The rest waits here, where it outlives the socket. */
const HIGH_WATER_MARK = 64 * 1024;

/** How often a full socket is looked at again, in milliseconds: it has no event for that. */
const POLL = 20;

/** Messages on their way to a connection that comes and goes, in order. */
export interface SendQueue {
  /** How many messages wait. */
  readonly size: number;
  /**
   * Resolves when the message was given to a connection; a rejection that nobody awaits is silent.
   *
   * @throws TypeError at once for anything but text or bytes
   */
  send(data: Data): Promise<void>;
  /** Sends to this socket, that is open, from now on; what `greet` sends goes before all that waits. */
  attach(socket: Sink, greet: () => void): void;
  /** Sends all that waits, if there is an open socket, however much that is. */
  drain(): void;
  /** There will be no open socket any more: what waits rejects, and what comes. */
  end(error: unknown): void;
}

/** Creates an empty queue without a socket. */
export function createSendQueue(): SendQueue {
  let waiting: Waiting[] = [];
  let current: Sink | undefined;
  let failure: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(isLast = false): void {
    clearTimeout(timer);
    while (waiting.length > 0) {
      const socket = current?.readyState === OPEN ? current : undefined;
      if (!socket && !failure) return;
      if (socket && socket.bufferedAmount > HIGH_WATER_MARK && !isLast) {
        timer = setTimeout(flush, POLL);
        return;
      }
      waiting.shift()?.(socket);
    }
  }

  return {
    get size() {
      return waiting.length;
    },
    send(data) {
      if (typeof data !== "string" && !ArrayBuffer.isView(data) && !(data instanceof ArrayBuffer))
        throw new TypeError("Only text or bytes can be sent");
      const sent = new Promise<void>((resolve, reject) => {
        waiting.push((socket) => {
          try {
            if (!socket) throw failure;
            socket.send(data);
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
      sent.catch(() => {});
      flush();
      return sent;
    },
    attach(socket, greet) {
      const later = waiting;
      waiting = [];
      current = socket;
      try {
        greet();
      } finally {
        waiting = waiting.concat(later);
        flush();
      }
    },
    drain() {
      flush(true);
    },
    end(error) {
      failure = error;
      flush();
    },
  };
}
