/**
 * The frames that most connections never leave: whole messages in one frame, pings and pongs (RFC 6455 §5.2). Many of
 * them come in one chunk of the socket, and are read in one pass.
 */

import { isUtf8 } from "node:buffer";
import { applyMask, KEY_SIZE } from "./mask.ts";
import type { Message } from "./message.ts";

/** The first byte of a frame: its FIN bit, no reserved bit, and its opcode. */
const TEXT = 0x81;
const BINARY = 0x82;
const PING = 0x89;
const PONG = 0x8a;

/** The seven bits beside the mask bit. */
const MAX_LENGTH = 0x7f;
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
  /** Whether the peer has to mask what it sends, as a client does. */
  readonly isMasked: boolean;
  /** The largest message, in bytes. */
  readonly maxPayload: number;
  /** @param size in bytes */
  message(message: Message, size: number): void;
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
  const { isMasked } = reader;
  let offset = 0;
  while (offset < length && reader.isReading) {
    const first = chunk[offset] ?? 0;
    const isControl = first === PING || first === PONG;
    if (!isControl && first !== TEXT && first !== BINARY) return { offset, left: UNUSUAL };
    if (offset + 2 > length) return { offset, left: PARTIAL };
    const second = chunk[offset + 1] ?? 0;
    let size = second & MAX_LENGTH;
    let start = offset + 2;
    // A mask where there should be none is an error, and so is none where there should be one (RFC 6455 §5.1).
    if (isMasked !== second > MAX_LENGTH || size === LENGTH_64 || (isControl && size > MAX_CONTROL_LENGTH))
      return { offset, left: UNUSUAL };
    if (size === LENGTH_16) {
      if (offset + 4 > length) return { offset, left: PARTIAL };
      size = chunk.readUInt16BE(offset + 2);
      start += 2;
    }
    if (isMasked) start += KEY_SIZE;
    if (size > reader.maxPayload) return { offset, left: UNUSUAL };
    const end = start + size;
    if (end > length) return { offset, left: PARTIAL };
    const hasOnlyAscii = isMasked
      ? applyMask(chunk, start, end)
      : first === TEXT && isAscii(chunk, start, end);
    if (first === TEXT) {
      const text = hasOnlyAscii ? chunk.toString("latin1", start, end) : textOf(chunk, start, end);
      if (text === undefined) {
        // Masked again, for whoever says what is wrong with it.
        if (isMasked) applyMask(chunk, start, end);
        return { offset, left: UNUSUAL };
      }
      reader.message(text, size);
    } else if (first === BINARY) {
      reader.message(chunk.subarray(start, end), size);
    } else {
      reader.control(first === PING ? "ping" : "pong", chunk.subarray(start, end));
    }
    offset = end;
  }
  return { offset, left: undefined };
}

/** Whether all of it is ASCII. */
function isAscii(chunk: Buffer, start: number, end: number): boolean {
  let bits = 0;
  for (let i = start; i < end; i += 1) bits |= chunk[i] ?? 0;
  return bits < 0x80;
}

function textOf(chunk: Buffer, start: number, end: number): string | undefined {
  return isUtf8(chunk.subarray(start, end)) ? chunk.toString("utf8", start, end) : undefined;
}
