import { once } from "node:events";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import { untilTrue } from "./until.ts";

/** A client that sends just the bytes that a test writes, and gives out just the bytes that came. */
export class RawSocket {
  readonly socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Whether the other side has ended the connection, and how. */
  end: "open" | "fin" | "reset" = "open";

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
    });
    socket.on("end", () => {
      this.end = "fin";
    });
    socket.on("error", () => {
      this.end = "reset";
    });
  }

  /** What came and was not read yet. */
  get received(): Buffer {
    const [first = Buffer.alloc(0), ...rest] = this.#chunks;
    if (rest.length === 0) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  write(...data: (string | Uint8Array)[]): void {
    this.socket.write(
      Buffer.concat(data.map((part) => (typeof part === "string" ? Buffer.from(part) : part))),
    );
  }

  /** The next bytes, as many as asked for; rejects if the connection ends before. */
  async read(length: number): Promise<Buffer> {
    await untilTrue(() => this.#length >= length || this.end !== "open");
    if (this.#length < length) throw new Error(`Only ${this.#length} of ${length} bytes came`);
    return this.#take(length);
  }

  /** The next bytes, up to the mark and with it. */
  async readUntil(mark: string): Promise<string> {
    await untilTrue(() => this.received.includes(mark) || this.end !== "open");
    const at = this.received.indexOf(mark);
    if (at < 0) throw new Error(`The connection ended before ${JSON.stringify(mark)}: ${this.received}`);
    return this.#take(at + mark.length).toString("latin1");
  }

  /** All that still comes before the other side ends the connection. */
  async readToEnd(): Promise<Buffer> {
    await untilTrue(() => this.end !== "open");
    return this.#take(this.#length);
  }

  /** Ends the connection with a TCP reset, as a crash or a firewall does. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  #take(length: number): Buffer {
    const { received } = this;
    this.#chunks = length < received.length ? [received.subarray(length)] : [];
    this.#length = received.length - length;
    return received.subarray(0, length);
  }
}

/** Connects to a port, or anything else that `net.connect` takes. */
export async function dial(target: number | NetConnectOpts): Promise<RawSocket> {
  const options = typeof target === "number" ? { port: target, host: "127.0.0.1" } : target;
  const socket = connect(options);
  await once(socket, "connect");
  return new RawSocket(socket.setNoDelay());
}
