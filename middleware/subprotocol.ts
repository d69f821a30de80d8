import type { IncomingMessage } from "node:http";
import { HandshakeError } from "./errors.ts";

/** What a subprotocol's name has to be: a token of HTTP (RFC 9110 §5.6.2). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a subprotocol may have this name. */
export function isSubprotocol(name: unknown): name is string {
  return typeof name === "string" && TOKEN.test(name);
}

/**
 * Picks the first of the view's subprotocols that the peer offers (RFC 6455 §4.2.2, item 5.5); empty if none is common:
 * the handshake goes on without, and the peer decides whether it can.
 *
 * @throws HandshakeError 400 for an offer that is malformed or names a subprotocol twice (RFC 6455 §4.1, item 10)
 */
export function negotiateProtocol(req: IncomingMessage, spoken: readonly string[]): string {
  const header = req.headers["sec-websocket-protocol"];
  if (header === undefined) return "";
  const offered = header.split(",").map((name) => name.trim());
  if (!offered.every(isSubprotocol) || new Set(offered).size < offered.length) {
    throw new HandshakeError(400, "Invalid Sec-WebSocket-Protocol");
  }
  return spoken.find((name) => offered.includes(name)) ?? "";
}
