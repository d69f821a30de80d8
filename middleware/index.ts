/**
 * An Express route can be a WebSocket.
 *
 * @packageDocumentation
 */

export { accept } from "./accept.ts";
export { broadcast } from "./broadcast.ts";
export type { CloseEvent } from "./closure.ts";
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
export type { RecvOptions } from "./recv-options.ts";
export { type ShutdownOptions, shutdown } from "./shutdown.ts";
export type { Summary } from "./summary.ts";
export type { Traffic } from "./traffic.ts";
export { type Handler, type ViewOptions, websocket } from "./websocket.ts";
