import { setTimeout as sleep } from "node:timers/promises";
import { CELLS_PROTOCOL, decodeFrame, unpackCell } from "../../../handlers/life/cells-protocol.ts";
import type { Update } from "../../../handlers/life/protocol.ts";
import { connect } from "../../../middleware/connect.ts";
import type { Connection } from "../../../middleware/connection.ts";

/** How long to wait before connecting again, in milliseconds. */
const DELAY = 50;

/** Watches the games of one server, which is killed now and then. */
export class Watcher {
  readonly #url: string;
  readonly #size: number;
  readonly #see: (update: Update) => void;
  #ws: Connection | undefined;
  #isOver = false;
  #connections = 0;

  /**
   * @param url of the server
   * @param size the side of the grid of the game that is to be seen
   * @param see told of each cell
   */
  constructor(url: string, size: number, see: (update: Update) => void) {
    this.#url = `${url}/watcher/`;
    this.#size = size;
    this.#see = see;
  }

  /** How often it has connected. */
  get connections(): number {
    return this.#connections;
  }

  /** Watches until it is ended, on one connection after the other. */
  async watch(): Promise<void> {
    while (!this.#isOver) {
      await this.#watchOnce().catch(() => {});
      await sleep(DELAY);
    }
  }

  end(): void {
    this.#isOver = true;
    this.#ws?.raw.terminate();
  }

  async #watchOnce(): Promise<void> {
    const ws = await connect(this.#url, { protocols: [CELLS_PROTOCOL], maxPayload: 64 * 1024 * 1024 });
    this.#ws = ws;
    this.#connections += 1;
    let size = 0;
    for await (const message of ws) {
      if (typeof message === "string") throw new TypeError("A watcher in cells received text");
      const frame = decodeFrame(Uint8Array.from(message).buffer);
      if (frame.kind === "game") size = frame.size;
      // Before the game, and where a server has forgotten it, there is another one.
      else if (size === this.#size)
        for (const { step, cells } of frame.blocks)
          for (let i = 0; i < cells.length; i++) this.#see({ step, ...unpackCell(size, cells[i] ?? 0) });
    }
  }
}
