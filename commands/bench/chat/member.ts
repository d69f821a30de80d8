import { connect, type Socket } from "node:net";
import { clientFrame, pongFrame } from "../load/client-frame.ts";
import { HEAD_END, handshake } from "../load/handshake.ts";
import { type ChatDialect, meaningOf } from "./dialect.ts";
import { FrameReader } from "./frame-reader.ts";

const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;

/** What a member tells of itself. */
export interface MemberEvents {
  /** It is in the room. */
  onIn(): void;
  /** It hears a message, whose bytes are between two offsets until this returns. */
  onMessage(member: Member, bytes: Buffer, start: number, end: number): void;
  /** It was refused, or its connection has ended. */
  onEnd(reason: string): void;
}

/** All sockets read into one buffer: what came is handled before another one reads. */
const BUFFER = Buffer.allocUnsafe(256 * 1024);

/** A member of a room on a raw socket, which says what it is told to say. */
export class Member {
  /** How many messages it has heard. */
  heard = 0;
  readonly #socket: Socket;
  readonly #dialect: ChatDialect;
  readonly #events: MemberEvents;
  readonly #reader = new FrameReader((...frame) => this.#hear(...frame));
  #head: string | undefined = "";

  constructor(port: number, nick: string, dialect: ChatDialect, events: MemberEvents) {
    this.#dialect = dialect;
    this.#events = events;
    this.#socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: BUFFER, callback: (length) => this.#read(length) },
    });
    this.#socket
      .once("connect", () => this.#socket.write(handshake(dialect.path(nick), port)))
      .once("error", ({ message }) => events.onEnd(message))
      .once("end", () => events.onEnd("the server closed the connection"));
  }

  say(ref: string, text: string): void {
    this.#socket.write(clientFrame(this.#dialect.message(ref, text)));
  }

  #read(length: number): boolean {
    this.#reader.read(BUFFER, this.#head === undefined ? 0 : this.#readHead(length), length);
    return true;
  }

  /** Gives where the frames begin. */
  #readHead(length: number): number {
    const before = this.#head?.length ?? 0;
    const head = this.#head + BUFFER.toString("latin1", 0, length);
    const end = head.indexOf(HEAD_END);
    if (end < 0) {
      this.#head = head;
      return length;
    }
    this.#head = undefined;
    if (!head.startsWith("HTTP/1.1 101 "))
      this.#events.onEnd(`the server answered ${head.split("\r\n", 1)[0]}`);
    return end + HEAD_END.length - before;
  }

  #hear(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === TEXT) this.#understand(bytes, start, end);
    else if (opcode === PING) this.#socket.write(pongFrame(bytes.subarray(start, end)));
    else if (opcode === CLOSE)
      this.#events.onEnd(`the server closed it: ${bytes.toString("utf8", start + 2, end)}`);
  }

  #understand(bytes: Buffer, start: number, end: number): void {
    const meaning = meaningOf(this.#dialect, bytes, start, end);
    if (meaning === "message") this.#events.onMessage(this, bytes, start, end);
    else if (meaning === "in") this.#events.onIn();
    else if (meaning === "refused")
      this.#events.onEnd(`the server said ${bytes.toString("utf8", start, end)}`);
    else if (meaning) this.#socket.write(clientFrame(meaning.answer));
  }
}
