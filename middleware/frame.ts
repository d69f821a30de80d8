/**
 * Frames as a server sends them: unmasked and unfragmented (RFC 6455 §5.2).
 */

import type { Message } from "./message.ts";

const FIN = 0x80;
const TEXT = 0x1;
const BINARY = 0x2;
const OPCODES = { ping: 0x9, pong: 0xa } as const;

/** The longest payload whose length fits the header's seven bits. */
const MAX_LENGTH_7 = 125;
const MAX_LENGTH_16 = 0xffff;

/** A UTF-16 code unit takes at most three bytes of UTF-8. */
const MAX_UNITS_7 = Math.floor(MAX_LENGTH_7 / 3);

/** The size of the frame of a payload, in bytes. */
export function frameSize(length: number): number {
  return headerSize(length) + length;
}

/** Frames one message into a buffer of its own. */
export function encodeFrame(message: Message): Buffer {
  const frame = Buffer.allocUnsafe(frameSize(Buffer.byteLength(message)));
  if (typeof message === "string") {
    writeTextFrame(frame, 0, message);
  } else {
    message.copy(frame, writeHeader(frame, 0, BINARY, message.length));
  }
  return frame;
}

/** Frames a ping or a pong, of at most 125 bytes (RFC 6455 §5.5). */
export function encodeControlFrame(kind: keyof typeof OPCODES, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload);
  const frame = Buffer.allocUnsafe(frameSize(bytes.length));
  bytes.copy(frame, writeHeader(frame, 0, OPCODES[kind], bytes.length));
  return frame;
}

/** Writes a text frame at `offset` of a buffer that has room for it; gives the offset behind it. */
export function writeTextFrame(target: Buffer, offset: number, text: string): number {
  if (text.length <= MAX_UNITS_7) {
    // The header's size is known before the payload's length is: one pass over the text instead of two.
    const length = target.write(text, offset + 2);
    target[offset] = FIN | TEXT;
    target[offset + 1] = length;
    return offset + 2 + length;
  }
  const start = writeHeader(target, offset, TEXT, Buffer.byteLength(text));
  return start + target.write(text, start);
}

function headerSize(length: number): number {
  if (length <= MAX_LENGTH_7) return 2;
  return length <= MAX_LENGTH_16 ? 4 : 10;
}

function writeHeader(target: Buffer, offset: number, opcode: number, length: number): number {
  target[offset] = FIN | opcode;
  if (length <= MAX_LENGTH_7) {
    target[offset + 1] = length;
    return offset + 2;
  }
  if (length <= MAX_LENGTH_16) {
    target[offset + 1] = 126;
    return target.writeUInt16BE(length, offset + 2);
  }
  target[offset + 1] = 127;
  return target.writeBigUInt64BE(BigInt(length), offset + 2);
}
