import { constants, inflateRawSync } from "node:zlib";
import { expect } from "chai";
import { BINARY, CLOSE, PING, PONG, TEXT } from "../support/raw-frames.ts";
import { FIN, RSV1 } from "./client-frame.ts";

/** What a server said on one WebSocket. */
export interface Said {
  readonly messages: (string | Buffer)[];
  /** The payloads of its pongs, in hex; not the empty ones, by which a server may learn when its frames are written. */
  readonly pongs: string[];
  /** The code and the reason of its close frame; undefined if none came. */
  readonly close: { readonly code: number; readonly reason: string } | undefined;
  /** Whether the last frame is cut off. */
  readonly isCut: boolean;
}

interface Frame {
  readonly first: number;
  readonly payload: Buffer;
  readonly length: number;
}

/** What ends a compressed message, and is left out on the wire (RFC 7692 §7.2.1). */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

const MAX_CONTROL = 125;

/**
 * Reads all frames that a server sent, with no indulgence (RFC 6455 §5).
 *
 * @param compressed whether permessage-deflate was agreed on, without context takeover
 * @throws if a server may not send that
 */
export function readFrames(bytes: Buffer, compressed = false): Said {
  const messages: (string | Buffer)[] = [];
  const pongs: string[] = [];
  let close: Said["close"];
  let offset = 0;
  for (let frame = frameAt(bytes, offset); frame; frame = frameAt(bytes, offset)) {
    offset += frame.length;
    const { first, payload } = frame;
    expect(close, "a frame behind the close frame").to.equal(undefined);
    expect(first & FIN, "the server does not fragment").to.equal(FIN);
    const opcode = first & 0x0f;
    if (opcode >= CLOSE) expect(payload.length).to.be.at.most(MAX_CONTROL);
    if (opcode === TEXT || opcode === BINARY) messages.push(message(first, payload, compressed));
    else if (opcode === PONG && payload.length > 0) pongs.push(payload.toString("hex"));
    else if (opcode === CLOSE) close = readClose(payload);
    else expect(opcode).to.be.oneOf([PING, PONG]);
  }
  return { messages, pongs, close, isCut: offset < bytes.length };
}

function frameAt(bytes: Buffer, offset: number): Frame | undefined {
  const left = bytes.length - offset;
  if (left < 2) return undefined;
  const first = bytes[offset] ?? 0;
  const short = bytes[offset + 1] ?? 0;
  expect(short & 0x80, "a server does not mask").to.equal(0);
  const header = headerLength(short);
  if (left < header) return undefined;
  const length = payloadLength(bytes, offset, short);
  if (left < header + length) return undefined;
  return {
    first,
    payload: bytes.subarray(offset + header, offset + header + length),
    length: header + length,
  };
}

function headerLength(short: number): number {
  if (short < 126) return 2;
  return short === 126 ? 4 : 10;
}

function payloadLength(bytes: Buffer, offset: number, short: number): number {
  if (short < 126) return short;
  const length = short === 126 ? bytes.readUInt16BE(offset + 2) : Number(bytes.readBigUInt64BE(offset + 2));
  expect(length, "a length in the fewest bytes").to.be.above(short === 126 ? MAX_CONTROL : 0xffff);
  return length;
}

function message(first: number, payload: Buffer, compressed: boolean): string | Buffer {
  expect(first & 0x70 & ~(compressed ? RSV1 : 0), "reserved bits").to.equal(0);
  const data = first & RSV1 ? inflate(payload) : payload;
  return (first & 0x0f) === TEXT ? decode(data) : data;
}

function inflate(payload: Buffer): Buffer {
  return inflateRawSync(Buffer.concat([payload, TAIL]), { finishFlush: constants.Z_SYNC_FLUSH });
}

function readClose(payload: Buffer): { code: number; reason: string } {
  if (payload.length === 0) return { code: 1005, reason: "" };
  expect(payload.length).to.be.at.least(2);
  return { code: payload.readUInt16BE(), reason: decode(payload.subarray(2)) };
}

function decode(bytes: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
