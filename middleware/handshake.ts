import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { HandshakeError } from "./errors.ts";
import { upgradeOf } from "./upgrade.ts";

/** Appended to the key before hashing (RFC 6455 §1.3). */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** 16 bytes in base64 (RFC 6455 §4.1). */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/**
 * Whether a request asks for a WebSocket: GET, HTTP/1.1, no body, and `websocket` among the protocols that it would
 * upgrade to (RFC 6455 §4.2.1). One that does may still be malformed: {@link checkHandshake} tells.
 */
export function isWebSocketRequest(req: IncomingMessage): boolean {
  return (
    req.method === "GET" &&
    hasToken(req.headers.upgrade, "websocket") &&
    hasToken(req.headers.connection, "upgrade") &&
    !isOld(req) &&
    !hasBody(req)
  );
}

/**
 * Checks the opening handshake (RFC 6455 §4.2.1) and gives the value of `Sec-WebSocket-Accept` (§4.2.2).
 *
 * @throws HandshakeError 400 for a bad key or not just one Host, 426 for another version than 13, or for a request that asks
 * for no WebSocket
 */
export function checkHandshake(req: IncomingMessage): string {
  // What came through the hook asks for one: nothing else is sent on its way.
  if (upgradeOf(req) === undefined && !isWebSocketRequest(req)) {
    throw new HandshakeError(426, "This URL is a WebSocket: connect to it with a WebSocket client", {
      Connection: connectionOf(req),
      Upgrade: "websocket",
    });
  }
  if (req.headers["sec-websocket-version"] !== "13") {
    throw new HandshakeError(426, "Unsupported Sec-WebSocket-Version: this server speaks version 13", {
      Connection: connectionOf(req),
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
    });
  }
  // Node leaves an upgrade without Host to its listener, and gives the first of two.
  if (countHosts(req) !== 1) throw new HandshakeError(400, "Missing or repeated Host");
  const key = req.headers["sec-websocket-key"];
  if (typeof key !== "string" || !KEY.test(key)) {
    throw new HandshakeError(400, "Missing or invalid Sec-WebSocket-Key");
  }
  return acceptValue(key);
}

/** The answer to a `Sec-WebSocket-Key` (RFC 6455 §4.2.2, item 5.4). */
export function acceptValue(key: string): string {
  return hash("sha1", key + GUID, "base64");
}

/** A header of ours keeps Node from writing its own, which says where the connection ends. */
function connectionOf(req: IncomingMessage): string {
  // Behind an upgrade that is refused nothing is read any more.
  const isLast =
    upgradeOf(req) !== undefined || req.httpVersion !== "1.1" || hasToken(req.headers.connection, "close");
  return isLast ? "Upgrade, close" : "Upgrade";
}

function countHosts({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts;
}

/** Whether a request is of HTTP/1.0, or of 0.9, which Node reads too. */
function isOld({ httpVersionMajor, httpVersionMinor }: IncomingMessage): boolean {
  return httpVersionMajor === 0 || (httpVersionMajor === 1 && httpVersionMinor === 0);
}

/** Whether a header that is a comma-separated list holds a token, in any case. */
function hasToken(header: string | undefined, token: string): boolean {
  if (header === undefined) return false;
  const value = header.toLowerCase();
  return value === token || value.split(",").some((item) => item.trim() === token);
}

/** Whether a request announces a body (RFC 9112 §6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}
