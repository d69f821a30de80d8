import { type ClientOptions, WebSocket } from "ws";
import { until, untilTrue } from "./until.ts";

/** A client of `ws` as it is, without anything of ours: all that it receives waits to be read. */
export class BareClient {
  readonly ws: WebSocket;
  /** How the connection ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #messages: (string | Buffer)[] = [];

  constructor(url: string, { protocols, ...options }: ClientOptions & { protocols?: string[] } = {}) {
    this.ws = new WebSocket(url, protocols, options);
    this.ws.on("error", () => {});
    this.ws.on("message", (data: Buffer, isBinary) => {
      this.#messages.push(isBinary ? data : data.toString());
    });
    this.closed = new Promise((resolve) => {
      this.ws.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** The next messages, as many as asked for: strings where they are text, Buffers where they are binary. */
  async take(count: number): Promise<(string | Buffer)[]> {
    await untilTrue(() => this.#messages.length >= count || this.ws.readyState === WebSocket.CLOSED);
    if (this.#messages.length < count)
      throw new Error(`Only ${this.#messages.length} of ${count} messages came`);
    return this.#messages.splice(0, count);
  }

  /** The next message. */
  async next(): Promise<string | Buffer | undefined> {
    const [message] = await this.take(1);
    return message;
  }
}

/** Opens a client of `ws`; rejects if it does not get its 101. */
export async function openBare(
  url: string,
  options?: ClientOptions & { protocols?: string[] },
): Promise<BareClient> {
  const client = new BareClient(url, options);
  await until(client.ws, "open");
  return client;
}
