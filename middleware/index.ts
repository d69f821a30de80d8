/**
 * An Express route can be a WebSocket.
 *
 * - A server: {@link hookUpgrades} once, after which routes can be WebSockets; {@link shutdown} at its end.
 * - A view: {@link websocket}, which runs a {@link Handler}; {@link accept} where a view decides for itself. Both take
 *   {@link WebSocketOptions}: limits, origins, subprotocols, pings, each with its default.
 * - What a handler holds: {@link Connection}, with `recv`, `send`, `close` and the loop over its messages;
 *   {@link broadcast} sends to many.
 * - What goes on: {@link stats} counts it; the channels `express-c10k:open` and `express-c10k:close` of `node:diagnostics_channel` tell
 *   of it, with an {@link OpenMessage} and a {@link CloseMessage}; `onClose` of a view with a {@link Summary}.
 * - Errors: {@link HandshakeError} before the 101, to the app's error handler. After it {@link ConnectionClosedOK} and
 *   {@link ConnectionClosedError}, both a {@link ConnectionClosed}; {@link RecvTimeoutError}; {@link ConcurrencyError};
 *   and {@link WebSocketError}, which a handler throws to close with a code.
 *
 * @module express-c10k
 */

export { accept } from "./accept.ts";
export { broadcast } from "./broadcast.ts";
export type { CloseMessage, OpenMessage } from "./channels.ts";
export type { CloseEvent } from "./closure.ts";
export type { CompressionOptions } from "./compression-options.ts";
export { Connection } from "./connection.ts";
export {
  ConcurrencyError,
  ConnectionClosed,
  ConnectionClosedError,
  ConnectionClosedOK,
  HandshakeError,
  RecvTimeoutError,
  WebSocketError,
} from "./errors.ts";
export type { HookOptions } from "./hook-options.ts";
export { hookUpgrades } from "./hook-upgrades.ts";
export type { Data, Message } from "./message.ts";
export type { Origins, WebSocketOptions } from "./options.ts";
export type { RawWebSocket } from "./raw.ts";
export type { RecvOptions } from "./recv-options.ts";
export { type ShutdownOptions, shutdown } from "./shutdown.ts";
export { type Stats, stats, type ViewStats } from "./stats.ts";
export type { Summary } from "./summary.ts";
export type { Traffic } from "./traffic.ts";
export { type Handler, type ViewOptions, websocket } from "./websocket.ts";
