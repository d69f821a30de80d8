import { BURST } from "../burst.ts";

interface Socket {
  readonly readyState: number;
  send(data: string): void;
}

const OPEN = 1;

/** Sends a burst as ws's documentation does: in a loop over its clients, for each message. */
export function fanOut(clients: Iterable<Socket>, text: string): void {
  for (let i = 0; i < BURST; i++) {
    for (const client of clients) {
      if (client.readyState === OPEN) client.send(text);
    }
  }
}
