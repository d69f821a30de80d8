import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { BOUND } from "./target.ts";

/** What a parser found at the beginning of what it was given, and how many bytes of it that was. */
export interface Found<T> {
  readonly value: T;
  readonly length: number;
}

/**
 * A client that writes and reads bytes. It waits for events where {@link RawSocket} asks in every turn, as the server
 * shares the processor with a hundred thousand of them.
 */
export class Wire {
  readonly socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  /** How the other side has ended the connection; undefined while it has not. */
  ended: "fin" | "reset" | undefined;
  #wake = (): void => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    socket.on("end", () => this.#end("fin"));
    // A reset that loses what was read late ends the connection as any other.
    socket.on("error", () => this.#end("reset"));
    socket.on("close", () => this.#end("reset"));
  }

  write(...data: Uint8Array[]): void {
    if (this.socket.writable) this.socket.write(Buffer.concat(data));
  }

  /** Takes what the parser finds; undefined if the connection ends before it finds anything. */
  async take<T>(parse: (received: Buffer) => Found<T> | undefined): Promise<T | undefined> {
    for (;;) {
      const found = parse(this.#received);
      if (found) {
        this.#received = this.#received.subarray(found.length);
        return found.value;
      }
      if (this.ended) return undefined;
      await this.#news();
    }
  }

  /** All that came and was not taken, once the connection has ended. */
  async rest(): Promise<Buffer> {
    while (!this.ended) await this.#news();
    return this.#received;
  }

  #end(how: "fin" | "reset"): void {
    this.ended ??= how;
    this.#wake();
  }

  #news(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const come = this.#received.toString("latin1").slice(0, 200);
        reject(new Error(`A hang: no end, and nothing but ${JSON.stringify(come)} came`));
        this.socket.destroy();
      }, BOUND);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Connects to the server under fuzz. */
export async function dial(port: number): Promise<Wire> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return new Wire(socket);
}
