import { expect } from "chai";
import { handshakeText } from "../support/raw-http.ts";
import { readAnswer } from "./answer.ts";
import type { Wire } from "./wire.ts";

/** An offer of compression that keeps nothing from one message to the next. */
const DEFLATE_OFFER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

/** The bytes of a handshake that every view accepts. */
export function handshake(path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const offer: Record<string, string> =
    path === "/deflate" ? { "Sec-WebSocket-Extensions": DEFLATE_OFFER } : {};
  return Buffer.from(handshakeText(path, { ...offer, ...headers }));
}

/** Takes the 101. */
export async function takeOpening(wire: Wire): Promise<void> {
  const answer = await wire.take((received) => readAnswer(received));
  expect(answer?.status).to.equal(101);
}

/** Opens a WebSocket. */
export async function shake(wire: Wire, path: string): Promise<void> {
  wire.write(handshake(path));
  await takeOpening(wire);
}
