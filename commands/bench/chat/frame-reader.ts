const OPCODE = 0x0f;
const LENGTH = 0x7f;

/** Longer payloads that come in several pieces are passed over: of what is of interest here none is as long. */
const LONGEST = 1024;

const NOTHING = Buffer.alloc(0);

/** Told of a frame: its opcode, and between which offsets of the bytes its payload is, until it returns. */
export type OnFrame = (opcode: number, bytes: Buffer, start: number, end: number) => void;

/**
 * Reads the frames of a server, none of them fragmented, wherever the stream is cut (RFC 6455 §5.2).
 *
 * Nothing is copied but a frame's beginning at the end of a piece: ten thousand of these share a core with each other.
 */
export class FrameReader {
  readonly #onFrame: OnFrame;
  /** The beginning of a frame that has not come entirely. */
  #rest = NOTHING;
  /** Bytes to come of a payload that is passed over. */
  #skipped = 0;

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  /** Reads what is between two offsets of the bytes that came next. */
  read(bytes: Buffer, from: number, to: number): void {
    if (this.#rest.length > 0) {
      const whole = Buffer.concat([this.#rest, bytes.subarray(from, to)]);
      this.#rest = NOTHING;
      this.#readFrames(whole, 0, whole.length);
    } else {
      const skipped = Math.min(this.#skipped, to - from);
      this.#skipped -= skipped;
      this.#readFrames(bytes, from + skipped, to);
    }
  }

  #readFrames(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const size = to - at > 1 ? headerSize(bytes, at) : to;
      const start = at + size;
      const end = start <= to ? start + payloadSize(bytes, at) : Number.POSITIVE_INFINITY;
      if (end > to) {
        this.#keep(bytes, at, to, end);
        break;
      }
      this.#onFrame((bytes[at] ?? 0) & OPCODE, bytes, start, end);
      at = end;
    }
  }

  #keep(bytes: Buffer, at: number, to: number, end: number): void {
    if (end !== Number.POSITIVE_INFINITY && end - at > LONGEST) this.#skipped = end - to;
    else this.#rest = Buffer.from(bytes.subarray(at, to));
  }
}

function headerSize(bytes: Buffer, at: number): number {
  const length = (bytes[at + 1] ?? 0) & LENGTH;
  return length < 126 ? 2 : length === 126 ? 4 : 10;
}

function payloadSize(bytes: Buffer, at: number): number {
  const length = (bytes[at + 1] ?? 0) & LENGTH;
  if (length < 126) return length;
  return length === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
}
