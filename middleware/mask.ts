import { randomFillSync } from "node:crypto";

/** The size of a masking key, in bytes (RFC 6455 §5.3). */
export const KEY_SIZE = 4;

/** Keys that nobody can predict, made many at a time: asking for each would take longer than the rest of a frame. */
const keys = Buffer.allocUnsafeSlow(2048 * KEY_SIZE);
let used = keys.length;

/** Writes a new masking key at `offset` of a buffer; gives the offset behind it. */
export function writeKey(target: Buffer, offset: number): number {
  if (used === keys.length) {
    randomFillSync(keys);
    used = 0;
  }
  used += keys.copy(target, offset, used, used + KEY_SIZE);
  return offset + KEY_SIZE;
}

/** Masks, or unmasks, a payload with the key that lies before it (RFC 6455 §5.3); tells whether all of the result is ASCII. */
export function applyMask(target: Buffer, start: number, end: number): boolean {
  const key = start - KEY_SIZE;
  let bits = 0;
  for (let i = start; i < end; i += 1) {
    const byte = (target[i] ?? 0) ^ (target[key + ((i - start) & 3)] ?? 0);
    target[i] = byte;
    bits |= byte;
  }
  return bits < 0x80;
}
