import { randomBytes } from "node:crypto";

const FIN = 0x80;
const TEXT = 0x1;
const PONG = 0xa;
const MASKED = 0x80;

/** The longest payload whose length fits the header's seven bits (RFC 6455 §5.2). */
const MAX_LENGTH = 125;

/**
 * A text frame as a client sends it. Its mask is random and never zero, which a server may be quick with (RFC 6455 §5.3).
 *
 * @throws RangeError for a text of more than 125 bytes: no message of the bench is longer
 */
export function clientFrame(text: string): Buffer {
  return encode(TEXT, Buffer.from(text));
}

/** The answer to a ping (RFC 6455 §5.5.3). */
export function pongFrame(payload: Uint8Array): Buffer {
  return encode(PONG, payload);
}

function encode(opcode: number, payload: Uint8Array): Buffer {
  if (payload.length > MAX_LENGTH) throw new RangeError(`A text of ${payload.length} bytes is too long`);
  const mask = randomBytes(4).map((byte) => byte || 1);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([FIN | opcode, MASKED | payload.length]), mask, masked]);
}
