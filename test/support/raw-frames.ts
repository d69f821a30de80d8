import type { RawSocket } from "./raw-socket.ts";

/** Opcodes (RFC 6455 §5.2). */
export const CONTINUATION = 0x0;
export const TEXT = 0x1;
export const BINARY = 0x2;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** What a frame may have that a usual one has not. */
export interface FrameOptions {
  readonly fin?: boolean;
  readonly rsv1?: boolean;
  readonly rsv2?: boolean;
  readonly rsv3?: boolean;
  readonly masked?: boolean;
}

/** A frame as a client sends it: masked (RFC 6455 §5.3). */
export function frame(opcode: number, payload: string | Uint8Array = "", options: FrameOptions = {}): Buffer {
  const { fin = true, rsv1 = false, rsv2 = false, rsv3 = false, masked = true } = options;
  const bytes = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0) | opcode;
  const header = Buffer.concat([Buffer.from([first]), lengthBytes(bytes.length, masked)]);
  if (!masked) return Buffer.concat([header, bytes]);
  return Buffer.concat([header, MASK, bytes.map((byte, index) => byte ^ (MASK[index % 4] ?? 0))]);
}

/** The frames of one message, of at most `size` bytes each (RFC 6455 §5.4); `options` are those of the first. */
export function fragments(
  opcode: number,
  payload: string | Uint8Array,
  size: number,
  options: FrameOptions = {},
): Buffer[] {
  const bytes = Buffer.from(payload);
  const frames: Buffer[] = [];
  for (let start = 0; start < bytes.length || start === 0; start += size) {
    const fin = start + size >= bytes.length;
    const piece = bytes.subarray(start, start + size);
    frames.push(
      start === 0 ? frame(opcode, piece, { ...options, fin }) : frame(CONTINUATION, piece, { fin }),
    );
  }
  return frames;
}

/** A client's close frame; without a code its payload is empty. */
export function closeFrame(code?: number, reason: string | Uint8Array = ""): Buffer {
  return frame(CLOSE, closePayload(code, reason));
}

/** What a close frame carries (RFC 6455 §5.5.1). */
export function closePayload(code?: number, reason: string | Uint8Array = ""): Buffer {
  if (code === undefined) return Buffer.alloc(0);
  return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
}

/** A frame as a server sends it. */
export interface ServerFrame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  /** Whether the message is compressed (RFC 7692 §6). */
  readonly rsv1?: true;
}

/** Reads the server's next frame. */
export async function readFrame(raw: RawSocket): Promise<ServerFrame> {
  const [first = 0, second = 0] = await raw.read(2);
  if (second & 0x80) throw new Error("A server does not mask its frames (RFC 6455 §5.1)");
  if (first & 0x30) throw new Error("RSV2 and RSV3 mean nothing (RFC 6455 §5.2)");
  let length = second;
  if (second === 126) length = (await raw.read(2)).readUInt16BE();
  else if (second === 127) length = Number((await raw.read(8)).readBigUInt64BE());
  const read = { fin: (first & 0x80) !== 0, opcode: first & 0x0f, payload: await raw.read(length) };
  return first & 0x40 ? { ...read, rsv1: true } : read;
}

/** Reads the server's next frame, which has to be a data frame: its payload as text. */
export async function readText(raw: RawSocket): Promise<string> {
  const { opcode, payload } = await readFrame(raw);
  if (opcode !== TEXT) throw new Error(`A text frame was expected, opcode ${opcode} came`);
  return payload.toString();
}

/** Reads frames up to the server's close frame; gives its code and reason. */
export async function readClose(raw: RawSocket): Promise<{ code: number; reason: string }> {
  for (;;) {
    const { opcode, payload } = await readFrame(raw);
    if (opcode !== CLOSE) continue;
    return { code: payload.length < 2 ? 1005 : payload.readUInt16BE(), reason: payload.toString("utf8", 2) };
  }
}

function lengthBytes(length: number, masked: boolean): Buffer {
  const flag = masked ? 0x80 : 0;
  if (length < 126) return Buffer.from([flag | length]);
  const bytes = Buffer.alloc(length > 0xffff ? 9 : 3);
  bytes[0] = flag | (length > 0xffff ? 127 : 126);
  bytes.writeUIntBE(length, length > 0xffff ? 3 : 1, length > 0xffff ? 6 : 2);
  return bytes;
}
