/** What passed in one direction of a connection. */
export interface Traffic {
  /** How many messages; pings and other control frames are none. */
  readonly messages: number;
  /** Of payload, as a handler sees it: neither framed nor compressed. */
  readonly bytes: number;
}

/** Counts the messages of one direction. */
export class Meter implements Traffic {
  messages = 0;
  bytes = 0;

  /** @param message what `recv()` gives out, or whatever `send()`, ours or that of `ws`, takes */
  count(message: unknown): void {
    this.messages += 1;
    this.bytes += sizeOf(message);
  }
}

function sizeOf(message: unknown): number {
  if (message instanceof ArrayBuffer || ArrayBuffer.isView(message)) return message.byteLength;
  return message instanceof Blob ? message.size : Buffer.byteLength(String(message));
}
