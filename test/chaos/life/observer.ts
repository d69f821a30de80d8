import { WebSocket } from "ws";
import {
  CELLS_PROTOCOL,
  decodeFrame,
  type GameFrame,
  type UpdatesFrame,
} from "../../../handlers/life/cells-protocol.ts";
import { type Client, connect } from "../../../middleware/client/index.ts";
import { Sightings } from "./sightings.ts";

/** The longest waits before connecting again, in milliseconds: the first, and any. */
const DELAYS = { firstDelay: 50, maxDelay: 500 };

/** Watches the game on one server, and comes back whenever that has lost it. */
export class Observer {
  readonly sightings: Sightings;
  readonly #size: number;
  readonly #client: Client;
  readonly #watching: Promise<void>;
  #connections = 0;
  /** Whether the game that it is shown is of the right size: before it begins, and perhaps behind it, there is another. */
  #isShown = false;

  /**
   * @param url of the server
   * @param size the side of the grid
   */
  constructor(url: string, size: number) {
    this.#size = size;
    this.sightings = new Sightings(size ** 2);
    this.#client = connect(`${url}/watcher/`, {
      ...DELAYS,
      protocols: [CELLS_PROTOCOL],
      stopOn: [],
      WebSocket,
      onOpen: () => {
        this.#connections += 1;
      },
      // At the end what was seen last stays: that says nothing of the server.
      onClose: ({ delay }) => delay !== undefined && this.#forget(),
    });
    this.#watching = this.#watch();
    // It is for whoever closes this.
    this.#watching.catch(() => {});
  }

  /** How often it has connected. */
  get connections(): number {
    return this.#connections;
  }

  /**
   * Watches no more.
   *
   * @throws Error, as a rejection, if it was shown what it cannot read
   */
  async close(): Promise<void> {
    await this.#client.close().catch(() => {});
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for await (const message of this.#client) {
      if (!(message instanceof ArrayBuffer)) throw new Error(`A watcher received "${message}"`);
      const frame = decodeFrame(message);
      if (frame.kind === "game") this.#follow(frame);
      else if (this.#isShown) this.#see(frame);
    }
  }

  #follow({ size }: GameFrame): void {
    this.#isShown = size === this.#size;
  }

  #see({ blocks }: UpdatesFrame): void {
    for (const { step, cells } of blocks) {
      for (const packed of Array.from(cells)) this.sightings.see(step, packed >> 1, packed & 1 ? 1 : 0);
    }
  }

  #forget(): void {
    this.#isShown = false;
    this.sightings.forget();
  }
}
