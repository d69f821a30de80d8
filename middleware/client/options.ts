import type { CloseEvent } from "../closure.ts";
import type { WebSocketConstructor } from "./runtime.ts";

/** How a connection ended, or an attempt to open one: then the code is 1006. */
export interface Disconnect extends CloseEvent {
  /** In how many milliseconds the next attempt follows; undefined if none does: the client is closed. */
  readonly delay: number | undefined;
}

/** Options of `connect()`. Times are in milliseconds. */
export interface ClientOptions {
  /** The subprotocols offered, best first. Default: none. */
  protocols?: string[];
  /** Closes the client when it aborts, as `close()` does. */
  signal?: AbortSignal;
  /**
   * The close codes after which the client closes instead of connecting again. Default: `[1000, 1005, 1008]`, which is:
   * the server is done, or said no. Codes from 4000 on mean what your server means by them: add those that are final.
   * `[]` connects again after any.
   */
  stopOn?: readonly number[];
  /** The first delay's upper bound; each further one's is twice as long. A delay is at least half of its bound. Default: 500. */
  firstDelay?: number;
  /** The upper bound that no delay exceeds. Default: 15,000. */
  maxDelay?: number;
  /**
   * How long a connection has to have lived for the delays to start over: a server that accepts and closes at once is
   * not to be asked ever faster. Default: 5,000.
   */
  resetAfter?: number;
  /** How long an attempt may take before it counts as failed. Default: 20,000. */
  connectTimeout?: number;
  /** The class to connect with, such as that of `ws` on Node 20. Default: the global `WebSocket`. */
  WebSocket?: WebSocketConstructor;
  /** Told before each attempt. */
  onConnecting?: () => void;
  /** Told of each new connection. What it sends goes before all that waited for one. */
  onOpen?: () => void;
  /** Told when a connection ends or an attempt fails, and at last, with no `delay`, when the client is closed. */
  onClose?: (event: Disconnect) => void;
}
