import type { IncomingMessage } from "node:http";
import { checkCompression } from "./check-compression.ts";
import { checkNames, checkNumbers, withDefaults } from "./check-options.ts";
import type { CompressionOptions } from "./compression-options.ts";
import { isOrigin } from "./origin.ts";
import { isSubprotocol } from "./subprotocol.ts";
import type { Summary } from "./summary.ts";
import { MAX_DELAY } from "./timer.ts";

/** Which `Origin` headers may connect. */
export type Origins =
  | "same-origin"
  | "*"
  | readonly string[]
  | ((origin: string, req: IncomingMessage) => boolean);

/** Options of `websocket()` and `accept()`. Times are in milliseconds, sizes in bytes. */
export interface WebSocketOptions {
  /** The largest message that is received, in bytes; a larger one closes with 1009. Default: 1 MiB. */
  maxPayload?: number;
  /**
   * Which origins may connect: `"same-origin"`, `"*"`, a list such as `["https://example.com"]`, or a function. A request
   * without an `Origin` header does not come from a web page and is always let in. Default: `"same-origin"`.
   */
  origins?: Origins;
  /** The subprotocols that the view speaks, best first (RFC 6455 §1.9). Default: none. */
  protocols?: readonly string[];
  /** Whether permessage-deflate (RFC 7692) is negotiated; an object says how. Default: false. */
  compression?: boolean | CompressionOptions;
  /** How often an open connection is pinged, in milliseconds; 0: never. Default: 20,000. */
  pingInterval?: number;
  /** How long a pinged peer may stay silent before the connection is ended, in milliseconds. Default: 20,000. */
  pingTimeout?: number;
  /** How long the peer may take to answer a close frame, in milliseconds. Default: 10,000. */
  closeTimeout?: number;
  /**
   * How many received messages may wait for `recv()` before the socket is paused, which holds the peer back; it is also paused
   * once they have more bytes than one message may have. Default: 16.
   */
  recvHighWaterMark?: number;
  /** How many bytes may wait to be written before `send()` makes its caller wait. Default: 64 KiB. */
  sendHighWaterMark?: number;
  /**
   * How many bytes may wait to be written: a `send()` or `broadcast()` that finds more gives the connection up with 1013. Who
   * awaits `send()` never gets there. Default: 4 MiB, or `sendHighWaterMark` if that is more.
   */
  maxBufferedAmount?: number;
  /** How many messages a second the peer may send; one more closes with 1008. Default: Infinity. */
  maxMessagesPerSecond?: number;
  /**
   * How many of them may come at once, as they do after a hold-up in the network; what was used up comes back at the pace of
   * `maxMessagesPerSecond`. Default: as many as in a second, at least 1.
   */
  maxMessageBurst?: number;
  /**
   * Told of what a handler throws, but for the end of its own connection and {@link WebSocketError}. Default:
   * `console.error`, with the request's method and URL.
   */
  onError?: (error: unknown, request: string) => void;
  /**
   * Told once of each connection whose socket is gone: how it ended, how long it lasted, and what passed. An access log has
   * the 101 already; this is its line on close. Default: none, and nothing is counted for it.
   */
  onClose?: ((summary: Summary) => void) | undefined;
  /**
   * What `stats()` calls the view. Default: the pattern of its route, behind where its router is mounted: `/games/:name/worker/`.
   * Where that mount has parameters of its own, as in `app.use("/games/:name", router)`, it is to be given: Express tells only what
   * was asked for, and of more than 1,000 names the rest counts as one.
   */
  view?: string | undefined;
}

/** {@link WebSocketOptions} with every default filled in; one object for all connections of a view. */
export type Settings = Readonly<Required<WebSocketOptions>>;

const DEFAULTS: Settings = {
  maxPayload: 1024 * 1024,
  origins: "same-origin",
  protocols: [],
  compression: false,
  pingInterval: 20_000,
  pingTimeout: 20_000,
  closeTimeout: 10_000,
  recvHighWaterMark: 16,
  sendHighWaterMark: 64 * 1024,
  maxBufferedAmount: 4 * 1024 * 1024,
  maxMessagesPerSecond: Number.POSITIVE_INFINITY,
  maxMessageBurst: Number.POSITIVE_INFINITY,
  onError: (error, request) => console.error(`${request}: the WebSocket handler failed:`, error),
  onClose: undefined,
  view: undefined,
};

/** In how many bits `ws` counts a payload. */
const MAX_INT32 = 2 ** 31 - 1;

/** The range that makes sense, of each option that is a number. */
const RANGES = {
  maxPayload: [1, MAX_INT32],
  pingInterval: [0, MAX_DELAY],
  pingTimeout: [1, MAX_DELAY],
  closeTimeout: [1, MAX_DELAY],
  recvHighWaterMark: [1, Number.POSITIVE_INFINITY],
  sendHighWaterMark: [1, Number.POSITIVE_INFINITY],
  maxBufferedAmount: [1, Number.POSITIVE_INFINITY],
  maxMessagesPerSecond: [Number.MIN_VALUE, Number.POSITIVE_INFINITY],
  maxMessageBurst: [1, Number.POSITIVE_INFINITY],
} as const;

/**
 * Fills in the defaults.
 *
 * @throws TypeError if an option is unknown, of a wrong type or out of its range
 */
export function resolveOptions(options: WebSocketOptions = {}): Settings {
  checkNames(options, DEFAULTS, "WebSocket");
  const settings = withDefaults(options, defaultsFor(options));
  checkNumbers(settings, RANGES);
  if (settings.maxBufferedAmount < settings.sendHighWaterMark)
    throw new TypeError(
      '"maxBufferedAmount" has to be at least "sendHighWaterMark", up to which send() lets write',
    );
  checkOrigins(settings.origins);
  checkProtocols(settings.protocols);
  checkCompression(settings.compression);
  if (typeof settings.onError !== "function") throw new TypeError('"onError" has to be a function');
  if (settings.onClose !== undefined && typeof settings.onClose !== "function")
    throw new TypeError('"onClose" has to be a function');
  if (settings.view !== undefined && (typeof settings.view !== "string" || settings.view === ""))
    throw new TypeError('"view" has to be a name');
  return settings;
}

/** The defaults; of two options it depends on another one. */
function defaultsFor({ sendHighWaterMark = 0, maxMessagesPerSecond }: WebSocketOptions): Settings {
  return {
    ...DEFAULTS,
    maxBufferedAmount: Math.max(DEFAULTS.maxBufferedAmount, sendHighWaterMark),
    maxMessageBurst: Math.max(1, maxMessagesPerSecond ?? DEFAULTS.maxMessageBurst),
  };
}

function checkOrigins(origins: unknown): void {
  const known = origins === "*" || origins === "same-origin" || typeof origins === "function";
  if (known) return;
  if (!Array.isArray(origins))
    throw new TypeError('"origins" has to be "same-origin", "*", a list of origins or a function');
  for (const origin of origins) {
    if (!isOrigin(origin))
      throw new TypeError(`"origins": ${JSON.stringify(origin)} is no origin, such as "https://example.com"`);
  }
}

function checkProtocols(protocols: unknown): void {
  if (!Array.isArray(protocols) || !protocols.every(isSubprotocol))
    throw new TypeError('"protocols" has to be a list of subprotocol names');
}
