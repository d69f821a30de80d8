import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { DeflateContext } from "./deflate-context.ts";
import { BINARY, CLOSE, closePayload, PONG, readFrame, TEXT } from "./raw-frames.ts";
import type { RawSocket } from "./raw-socket.ts";

/** A frame that a server is to send: its opcode, and its payload as it is before it is compressed. */
export type Reply = readonly [opcode: number, payload: string | Uint8Array];

export const text = (payload: string | Uint8Array): Reply => [TEXT, payload];
export const binary = (payload: Uint8Array): Reply => [BINARY, payload];
export const pong = (payload: string | Uint8Array = ""): Reply => [PONG, payload];
export const closed = (code?: number, reason?: string): Reply => [CLOSE, closePayload(code, reason)];

/** A client of an echo view, whose frames are made by hand. */
export class EchoPeer {
  readonly raw: RawSocket;
  readonly #inflating: DeflateContext;

  constructor(raw: RawSocket, inflating = new DeflateContext()) {
    this.raw = raw;
    this.#inflating = inflating;
  }

  /** Writes in one piece. */
  send(...frames: readonly Uint8Array[]): void {
    this.raw.write(...frames);
  }

  /** Writes so many bytes in each turn of the event loop, until all are written or the server has had enough. */
  async sendChopped(size: number, ...frames: readonly Uint8Array[]): Promise<void> {
    const bytes = Buffer.concat(frames);
    for (let start = 0; start < bytes.length && this.raw.end === "open"; start += size) {
      this.raw.write(bytes.subarray(start, start + size));
      await nextTurn();
    }
  }

  /** The next frame of the server. */
  async next(): Promise<Reply> {
    const { fin, opcode, payload, rsv1 } = await readFrame(this.raw);
    if (!fin) throw new Error("A whole message was expected, a fragment came");
    return [opcode, rsv1 ? this.#inflating.inflate(payload) : payload];
  }

  /** Expects these frames next; behind a close frame, also the end of the TCP connection (RFC 6455 §7.1.1). */
  async expect(...replies: readonly Reply[]): Promise<void> {
    for (const reply of replies) {
      const came = await this.next();
      if (!isSame(came, reply)) expect(toWords(came)).to.equal(toWords(reply));
      if (reply[0] !== CLOSE) continue;
      expect(await this.raw.readToEnd()).to.have.length(0);
      expect(this.raw.end).to.equal("fin");
    }
  }
}

function isSame([opcode, payload]: Reply, [otherOpcode, otherPayload]: Reply): boolean {
  return opcode === otherOpcode && Buffer.from(payload).equals(Buffer.from(otherPayload));
}

/** Both ends of a long payload are enough to tell what it is. */
function toWords([opcode, payload]: Reply): string {
  const bytes = Buffer.from(payload);
  const hex = bytes.toString("hex");
  const shown = hex.length > 200 ? `${hex.slice(0, 100)}…${hex.slice(-100)}` : hex;
  return `opcode ${opcode}, ${bytes.length} bytes: ${shown}`;
}
