/** A frame as a client may send it, right or wrong. */
export interface ClientFrame {
  /** FIN, RSV1, RSV2, RSV3 and the opcode: the first byte (RFC 6455 §5.2). */
  readonly first: number;
  /** Undefined: not masked. */
  readonly mask: number | undefined;
  readonly payload: Buffer;
  /** The length that the header tells, where that is not the payload's. */
  readonly told?: bigint;
  /** In how many bytes the header tells it. Default: the fewest that hold it. */
  readonly lengthBytes?: 1 | 2 | 8;
}

export const FIN = 0x80;
export const RSV1 = 0x40;

const MAX_7 = 125n;
const MAX_16 = 0xffffn;

/** The bytes of a frame. */
export function encode({ first, mask, payload, told, lengthBytes }: ClientFrame): Buffer {
  const length = told ?? BigInt(payload.length);
  const header = lengthHeader(length, lengthBytes ?? fewest(length));
  if (mask === undefined) return Buffer.concat([Buffer.from([first]), header, payload]);
  header[0] = 0x80 | (header[0] ?? 0);
  const key = Buffer.alloc(4);
  key.writeUInt32BE(mask);
  return Buffer.concat([Buffer.from([first]), header, key, masked(payload, key)]);
}

function fewest(length: bigint): 1 | 2 | 8 {
  if (length <= MAX_7) return 1;
  return length <= MAX_16 ? 2 : 8;
}

function lengthHeader(length: bigint, bytes: 1 | 2 | 8): Buffer {
  if (bytes === 1) return Buffer.from([Number(length)]);
  const header = Buffer.alloc(1 + bytes);
  header[0] = bytes === 2 ? 126 : 127;
  if (bytes === 2) header.writeUInt16BE(Number(length), 1);
  else header.writeBigUInt64BE(length, 1);
  return header;
}

function masked(payload: Buffer, key: Buffer): Buffer {
  const copy = Buffer.from(payload);
  for (let i = 0; i < copy.length; i++) copy[i] = (copy[i] ?? 0) ^ (key[i & 3] ?? 0);
  return copy;
}
