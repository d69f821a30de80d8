import { channel } from "node:diagnostics_channel";
import type { IncomingMessage, Server } from "node:http";
import type { Connection } from "./connection.ts";
import type { Summary } from "./summary.ts";

/** What is published on the channel `express-c10k:open`, of `node:diagnostics_channel`: a connection is open. */
export interface OpenMessage {
  /** The hooked server that accepted it. */
  readonly server: Server;
  /** What its view is called: see the option `view` of {@link WebSocketOptions}. */
  readonly view: string;
  /** The connection, which its handler gets as `ws`. */
  readonly connection: Connection;
  /** The upgrade request, as the middleware before the view has left it. */
  readonly request: IncomingMessage;
}

/**
 * What is published on the channel `express-c10k:close`: the socket of a connection is gone. Of a connection that nobody heard
 * open, because neither channel had a subscriber then, nothing is said.
 */
export interface CloseMessage extends Omit<OpenMessage, "request"> {
  /** What it came to. */
  readonly summary: Summary;
}

export const opens = channel("express-c10k:open");
export const closes = channel("express-c10k:close");

/** Whether anybody wants to hear of a connection that opens now. */
export function isHeard(): boolean {
  return opens.hasSubscribers || closes.hasSubscribers;
}
