/**
 * Unfragmented frames: unmasked, as a server sends them, or masked with a new key, as a client does (RFC 6455 §5.2).
 */

import { applyMask, KEY_SIZE, writeKey } from "./mask.ts";
import type { Message } from "./message.ts";

const FIN = 0x80;
const MASK = 0x80;
const TEXT = 0x1;
const BINARY = 0x2;
const OPCODES = { ping: 0x9, pong: 0xa } as const;

/** The longest payload whose length fits the header's seven bits. */
const MAX_LENGTH_7 = 125;
const MAX_LENGTH_16 = 0xffff;

/** A UTF-16 code unit takes at most three bytes of UTF-8. */
const MAX_UNITS_7 = Math.floor(MAX_LENGTH_7 / 3);

/** The size of the frame of a payload, in bytes. */
export function frameSize(length: number, isMasked = false): number {
  const size = headerSize(length) + length;
  return isMasked ? size + KEY_SIZE : size;
}

/** Frames one message into a buffer of its own. */
export function encodeFrame(message: Message, isMasked = false): Buffer {
  if (typeof message !== "string") return encode(BINARY, message, isMasked);
  const frame = Buffer.allocUnsafe(frameSize(Buffer.byteLength(message), isMasked));
  writeTextFrame(frame, 0, message, isMasked);
  return frame;
}

/** Frames a ping or a pong, of at most 125 bytes (RFC 6455 §5.5). */
export function encodeControlFrame(
  kind: keyof typeof OPCODES,
  payload: Buffer | string,
  isMasked = false,
): Buffer {
  return encode(OPCODES[kind], Buffer.from(payload), isMasked);
}

/** Writes a text frame at `offset` of a buffer that has room for it; gives the offset behind it. */
export function writeTextFrame(target: Buffer, offset: number, text: string, isMasked = false): number {
  let start: number;
  let length: number;
  if (text.length <= MAX_UNITS_7) {
    // The header's size is known before the payload's length is: one pass over the text instead of two.
    start = offset + 2 + (isMasked ? KEY_SIZE : 0);
    length = target.write(text, start);
    writeHeader(target, offset, TEXT, length, isMasked);
  } else {
    start = writeHeader(target, offset, TEXT, Buffer.byteLength(text), isMasked);
    length = target.write(text, start);
  }
  if (isMasked) applyMask(target, start, start + length);
  return start + length;
}

function encode(opcode: number, payload: Buffer, isMasked: boolean): Buffer {
  const frame = Buffer.allocUnsafe(frameSize(payload.length, isMasked));
  const start = writeHeader(frame, 0, opcode, payload.length, isMasked);
  payload.copy(frame, start);
  if (isMasked) applyMask(frame, start, frame.length);
  return frame;
}

function headerSize(length: number): number {
  if (length <= MAX_LENGTH_7) return 2;
  return length <= MAX_LENGTH_16 ? 4 : 10;
}

/** Gives the offset of the payload. */
function writeHeader(
  target: Buffer,
  offset: number,
  opcode: number,
  length: number,
  isMasked: boolean,
): number {
  const end = writeLength(target, offset + 1, length);
  target[offset] = FIN | opcode;
  if (!isMasked) return end;
  target[offset + 1] = MASK | (target[offset + 1] ?? 0);
  return writeKey(target, end);
}

function writeLength(target: Buffer, offset: number, length: number): number {
  if (length <= MAX_LENGTH_7) {
    target[offset] = length;
    return offset + 1;
  }
  if (length <= MAX_LENGTH_16) {
    target[offset] = 126;
    return target.writeUInt16BE(length, offset + 1);
  }
  target[offset] = 127;
  return target.writeBigUInt64BE(BigInt(length), offset + 1);
}
