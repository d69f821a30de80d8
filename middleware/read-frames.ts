/**
 * The frames that most connections never leave: whole messages in one frame, pings and pongs, as a client sends them (RFC 6455
 * §5.2). Many of them come in one chunk of the socket, and are read in one pass.
 */

import { isUtf8 } from "node:buffer";
import type { Message } from "./message.ts";

/** The first byte of a frame: its FIN bit, no reserved bit, and its opcode. */
const TEXT = 0x81;
const BINARY = 0x82;
const PING = 0x89;
const PONG = 0x8a;

const MASK_BIT = 0x80;
const MAX_CONTROL_LENGTH = 125;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** What is left of a chunk begins with a frame that is not all there yet. */
export const PARTIAL = "partial";

/** What is left of a chunk begins with a frame that is for others to read: it is unusual, or an error. */
export const UNUSUAL = "unusual";

/** Who gets what is read. */
export interface Reader {
  /** Whether to read on: any frame may be the last. */
  readonly isReading: boolean;
  /** The largest message, in bytes. */
  readonly maxPayload: number;
  message(message: Message): void;
  /** The payload is a part of the chunk. */
  control(kind: "ping" | "pong", payload: Buffer): void;
}

/** How far a chunk was read, and why no further; undefined at its end. */
export interface Progress {
  readonly offset: number;
  readonly left: typeof PARTIAL | typeof UNUSUAL | undefined;
}

/**
 * Reads the frames of a chunk from its beginning. Payloads are unmasked where they lie: binary messages are parts of the chunk,
 * as those of `ws` are.
 */
export function readFrames(chunk: Buffer, reader: Reader): Progress {
  const { length } = chunk;
  let offset = 0;
  while (offset < length && reader.isReading) {
    const first = chunk[offset] ?? 0;
    const isControl = first === PING || first === PONG;
    if (!isControl && first !== TEXT && first !== BINARY) return { offset, left: UNUSUAL };
    if (offset + 2 > length) return { offset, left: PARTIAL };
    const second = chunk[offset + 1] ?? 0;
    // The length without the mask bit: negative where that is missing, which is an error (RFC 6455 §5.1).
    let size = second - MASK_BIT;
    let start = offset + 6;
    if (size < 0 || size === LENGTH_64 || (isControl && size > MAX_CONTROL_LENGTH))
      return { offset, left: UNUSUAL };
    if (size === LENGTH_16) {
      if (offset + 4 > length) return { offset, left: PARTIAL };
      size = chunk.readUInt16BE(offset + 2);
      start = offset + 8;
    }
    if (size > reader.maxPayload) return { offset, left: UNUSUAL };
    const end = start + size;
    if (end > length) return { offset, left: PARTIAL };
    const isAscii = unmask(chunk, start, end);
    if (first === TEXT) {
      const text = isAscii ? chunk.toString("latin1", start, end) : textOf(chunk, start, end);
      if (text === undefined) {
        // Masked again, for whoever says what is wrong with it.
        unmask(chunk, start, end);
        return { offset, left: UNUSUAL };
      }
      reader.message(text);
    } else if (first === BINARY) {
      reader.message(chunk.subarray(start, end));
    } else {
      reader.control(first === PING ? "ping" : "pong", chunk.subarray(start, end));
    }
    offset = end;
  }
  return { offset, left: undefined };
}

/** Applies the mask that lies before the payload (RFC 6455 §5.3); tells whether the result is all ASCII. */
function unmask(chunk: Buffer, start: number, end: number): boolean {
  const key = start - 4;
  let bits = 0;
  for (let i = start; i < end; i += 1) {
    const byte = (chunk[i] ?? 0) ^ (chunk[key + ((i - start) & 3)] ?? 0);
    chunk[i] = byte;
    bits |= byte;
  }
  return bits < 0x80;
}

function textOf(chunk: Buffer, start: number, end: number): string | undefined {
  return isUtf8(chunk.subarray(start, end)) ? chunk.toString("utf8", start, end) : undefined;
}
