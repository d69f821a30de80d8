import { connect, type Socket } from "node:net";
import { clientFrame } from "./client-frame.ts";
import type { Dialect, Request } from "./dialect.ts";
import { HEAD_END, handshake } from "./handshake.ts";
import { MessageCounter } from "./message-counter.ts";

/** Where the clients of one load connect to, and what they share. */
export interface Target {
  readonly port: number;
  readonly dialect: Dialect;
  readonly request: Request;
}

/** What a client tells of itself. */
export interface ClientEvents {
  /** It is connected. */
  onOpen(): void;
  /** So many more messages came. */
  onMessages(client: Client, count: number): void;
  /** It was refused, or its connection has ended. */
  onEnd(reason: string): void;
}

/** All sockets read into one buffer: what came is counted before another one reads. */
const BUFFER = Buffer.allocUnsafe(256 * 1024);

/** One WebSocket client, which writes frames that were made before and counts what comes back. */
export class Client {
  readonly #socket: Socket;
  readonly #events: ClientEvents;
  readonly #counter = new MessageCounter();
  readonly #greeting: readonly (Buffer | undefined)[];
  #greeted = 0;
  #head: string | undefined = "";

  constructor({ port, dialect, request }: Target, events: ClientEvents) {
    this.#events = events;
    this.#greeting = dialect.greeting.map((text) => (text === undefined ? undefined : clientFrame(text)));
    this.#socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: BUFFER, callback: (length) => this.#read(length) },
    });
    this.#socket
      .once("connect", () => this.#socket.write(handshake(dialect.path(request), port)))
      .once("error", ({ message }) => events.onEnd(message))
      .once("end", () => events.onEnd("the server closed the connection"));
  }

  write(frames: Uint8Array): void {
    this.#socket.write(frames);
  }

  #read(length: number): boolean {
    const start = this.#head === undefined ? 0 : this.#readHead(length);
    const messages = this.#counter.count(BUFFER, start, length);
    if (messages === 0) return true;
    if (this.#greeted < this.#greeting.length) this.#greet();
    else this.#events.onMessages(this, messages);
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
    else if (this.#greeting.length === 0) this.#events.onOpen();
    return end + HEAD_END.length - before;
  }

  /** A server waits for each answer before it goes on greeting, so one message came. */
  #greet(): void {
    const answer = this.#greeting[this.#greeted];
    if (answer) this.write(answer);
    this.#greeted += 1;
    if (this.#greeted === this.#greeting.length) this.#events.onOpen();
  }
}
