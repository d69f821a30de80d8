import { constants, deflateRawSync, inflateRawSync } from "node:zlib";

/** What a sender cuts off a compressed message, and its receiver puts back (RFC 7692 §7.2.1 and §7.2.2). */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/** How one direction of a connection compresses. */
export interface ContextOptions {
  /** The base-2 logarithm of the window's size (RFC 7692 §7.1.2). Default: 15. */
  readonly windowBits?: number;
  /** Whether a message may refer to those before it (RFC 7692 §7.1.1). Default: true. */
  readonly takeover?: boolean;
}

/** One direction of permessage-deflate: its window is kept by hand, as the dictionary of the next message. */
export class DeflateContext {
  readonly #windowBits: number;
  readonly #takeover: boolean;
  #window = Buffer.alloc(0);

  constructor({ windowBits = 15, takeover = true }: ContextOptions = {}) {
    this.#windowBits = windowBits;
    this.#takeover = takeover;
  }

  /** Compresses the next message. */
  deflate(message: string | Uint8Array): Buffer {
    const bytes = Buffer.from(message);
    const deflated = deflateRawSync(bytes, this.#options());
    this.#remember(bytes);
    return deflated.subarray(0, deflated.length - TAIL.length);
  }

  /** Inflates the next message; throws where it refers to more than was agreed on. */
  inflate(payload: Uint8Array): Buffer {
    const bytes = inflateRawSync(Buffer.concat([payload, TAIL]), this.#options());
    this.#remember(bytes);
    return bytes;
  }

  #options() {
    const options = { windowBits: this.#windowBits, finishFlush: constants.Z_SYNC_FLUSH };
    return this.#window.length > 0 ? { ...options, dictionary: this.#window } : options;
  }

  #remember(message: Buffer): void {
    if (this.#takeover)
      this.#window = Buffer.concat([this.#window, message]).subarray(-(2 ** this.#windowBits));
  }
}
