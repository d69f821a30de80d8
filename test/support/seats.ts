import type { Connection } from "../../middleware/connection.ts";
import type { ViewOptions } from "../../middleware/websocket.ts";
import { openRecording, type RecordingClient } from "./recording-client.ts";
import { untilTrue } from "./until.ts";
import type { Network } from "./use-network.ts";

/** The two ends of one connection: what a handler holds, and its client. */
export interface Seat {
  readonly ws: Connection;
  readonly client: RecordingClient;
}

/** Opens connections whose handler does nothing, to be given to what takes connections. */
export async function takeSeats(network: Network, count: number, options?: ViewOptions): Promise<Seat[]> {
  const arrived: Connection[] = [];
  const { wsUrl } = await network.serveView((ws) => {
    arrived.push(ws);
    return ws.closed;
  }, options);
  const seats: Seat[] = [];
  while (seats.length < count) {
    const client = await openRecording(wsUrl, { protocols: [...(options?.protocols ?? [])] });
    await untilTrue(() => arrived.length > 0);
    for (const ws of arrived.splice(0)) seats.push({ ws, client });
  }
  return seats;
}
