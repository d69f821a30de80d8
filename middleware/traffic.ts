/** What passed in one direction of a connection, or of several. */
export interface Traffic {
  /** How many messages; pings and other control frames are none. */
  readonly messages: number;
  /** Of payload, as a handler sees it: neither framed nor compressed. */
  readonly bytes: number;
}

/** Counts the messages of one direction, for all to whom they count. */
export class Meter implements Traffic {
  messages = 0;
  bytes = 0;
  readonly #whole: Meter | undefined;

  /** @param whole counts what this one counts, too: that of a view, of which this is a connection */
  constructor(whole?: Meter) {
    this.#whole = whole;
  }

  add(bytes: number, messages = 1): void {
    this.messages += messages;
    this.bytes += bytes;
    this.#whole?.add(bytes, messages);
  }
}

/** What was counted until now, as plain data. */
export function trafficOf({ messages, bytes }: Traffic): Traffic {
  return { messages, bytes };
}

/** Both directions. */
export interface Meters {
  readonly received: Meter;
  readonly sent: Meter;
}

/** The bytes of a message, in whichever form `ws` takes and gives one. */
export function sizeOf(message: unknown): number {
  if (message instanceof ArrayBuffer || ArrayBuffer.isView(message)) return message.byteLength;
  return message instanceof Blob ? message.size : Buffer.byteLength(String(message));
}
