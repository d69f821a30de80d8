/**
 * A WebSocket client for browsers and Node that connects again.
 *
 * @packageDocumentation
 */

export type { CloseEvent } from "../closure.ts";
export {
  ConcurrencyError,
  ConnectionClosed,
  ConnectionClosedError,
  ConnectionClosedOK,
  RecvTimeoutError,
} from "../errors.ts";
export type { RecvOptions } from "../recv-options.ts";
export type { Address, Client, ClientState, Message } from "./client.ts";
export { connect } from "./connect.ts";
export type { ClientOptions, Disconnect } from "./options.ts";
export type { WebSocketConstructor, WebSocketLike } from "./runtime.ts";
export type { Data } from "./send-queue.ts";
