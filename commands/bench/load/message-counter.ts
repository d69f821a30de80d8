const FIN = 0x80;
const CONTROL = 0x08;
const LENGTH = 0x7f;

/**
 * Counts the messages in a stream of server frames, wherever it is cut, and reads nothing of them but their headers
 * (RFC 6455 §5.2). A control frame is no message.
 */
export class MessageCounter {
  /** How many of the two bytes that each header has were read. */
  #seen = 0;
  /** Bytes of a longer length still to come. */
  #extended = 0;
  /** Bytes of the payload still to come. */
  #payload = 0;
  /** Whether a message ends with this frame. */
  #endsMessage = false;

  /** Gives how many messages end between two offsets of the bytes that came next. */
  count(bytes: Uint8Array, from: number, to: number): number {
    let messages = 0;
    let at = from;
    while (at < to) {
      if (this.#seen < 2 || this.#extended > 0) {
        this.#readHeader(bytes[at] ?? 0);
        at += 1;
      } else {
        const step = Math.min(this.#payload, to - at);
        this.#payload -= step;
        at += step;
      }
      if (this.#seen === 2 && this.#extended === 0 && this.#payload === 0) {
        this.#seen = 0;
        if (this.#endsMessage) messages += 1;
      }
    }
    return messages;
  }

  #readHeader(byte: number): void {
    if (this.#seen === 0) {
      this.#endsMessage = (byte & FIN) !== 0 && (byte & CONTROL) === 0;
      this.#seen = 1;
    } else if (this.#seen === 1) {
      const length = byte & LENGTH;
      this.#extended = length === 126 ? 2 : length === 127 ? 8 : 0;
      this.#payload = this.#extended > 0 ? 0 : length;
      this.#seen = 2;
    } else {
      this.#payload = this.#payload * 256 + byte;
      this.#extended -= 1;
    }
  }
}
