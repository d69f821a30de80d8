import { encodeFrame, frameSize, writeTextFrame } from "./frame.ts";
import type { Message } from "./message.ts";

/** A frame, or a text that is still to be framed. */
export type Piece = string | Buffer;

/** One buffer, and so one system call, for all; a single frame is written as it is, which may be shared by a broadcast. */
export function merge(pieces: readonly Piece[], bytes: number, masks: boolean): Buffer {
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === "object") return first;
  const merged = Buffer.allocUnsafe(bytes);
  let offset = 0;
  for (const piece of pieces) {
    offset =
      typeof piece === "string"
        ? writeTextFrame(merged, offset, piece, masks)
        : offset + piece.copy(merged, offset);
  }
  return merged;
}

/** The frames of messages, one behind the other in one buffer. */
export function encodeFrames(messages: readonly Message[], masks = false): Buffer {
  const [first] = messages;
  if (messages.length === 1 && first !== undefined) return encodeFrame(first, masks);
  let bytes = 0;
  const pieces = messages.map((message) => {
    const piece = typeof message === "string" ? message : encodeFrame(message, masks);
    bytes += typeof piece === "string" ? frameSize(Buffer.byteLength(piece), masks) : piece.length;
    return piece;
  });
  return merge(pieces, bytes, masks);
}

/** What was merged last for each first frame: it goes when that does. */
const known = new WeakMap<object, { readonly pieces: readonly Piece[]; readonly merged: Buffer }>();

/** {@link merge}, once for all connections that get the same broadcasts in one turn. */
export function mergeOnce(pieces: readonly Piece[], bytes: number, masks: boolean): Buffer {
  const [first] = pieces;
  if (pieces.length === 1 || typeof first !== "object") return merge(pieces, bytes, masks);
  const last = known.get(first);
  if (last && isSame(last.pieces, pieces)) return last.merged;
  const merged = merge(pieces, bytes, masks);
  known.set(first, { pieces, merged });
  return merged;
}

function isSame(some: readonly Piece[], others: readonly Piece[]): boolean {
  return some.length === others.length && some.every((piece, index) => piece === others[index]);
}
