import type { ClientOptions } from "ws";
import { BareClient } from "./bare-client.ts";
import { TIMEOUT } from "./timeouts.ts";
import { until } from "./until.ts";

/** A bare client that also keeps all that it ever received, for a test to look at when nothing more comes. */
export class RecordingClient extends BareClient {
  readonly history: (string | Buffer)[] = [];

  constructor(url: string, options?: ClientOptions & { protocols?: string[] }) {
    super(url, options);
    this.ws.on("message", (data, isBinary) => {
      if (Buffer.isBuffer(data)) this.history.push(isBinary ? data : data.toString());
    });
  }

  send(...messages: (string | Uint8Array)[]): void {
    for (const message of messages) this.ws.send(message);
  }

  /**
   * Resolves when the server has handled all that was sent before, and what it had sent until then is in the history:
   * that takes two round trips, as a pong may overtake what the server's outbox holds in the same turn.
   */
  async settle(): Promise<void> {
    for (let trip = 0; trip < 2; trip++) {
      const pong = until(this.ws, "pong");
      this.ws.ping();
      await pong;
    }
  }
}

/** Opens a recording client. */
export async function openRecording(
  url: string,
  options?: ClientOptions & { protocols?: string[] },
): Promise<RecordingClient> {
  const client = new RecordingClient(url, options);
  await until(client.ws, "open");
  return client;
}

/** Opens a client again and again, until it is let in. */
export async function openAsSoonAsPossible(url: string): Promise<RecordingClient> {
  const deadline = performance.now() + TIMEOUT;
  for (;;) {
    try {
      return await openRecording(url);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

/** {@link RecordingClient.settle}, first of those who speak, then of those who only listen. */
export async function settle(...clients: readonly RecordingClient[]): Promise<void> {
  for (let round = 0; round < 2; round++) await Promise.all(clients.map((client) => client.settle()));
}
