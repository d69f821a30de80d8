import { broadcast, type Connection } from "../../middleware/index.ts";
import { CellBatch } from "./cell-batch.ts";
import { CELLS_PROTOCOL, encodeGame } from "./cells-protocol.ts";
import type { Game } from "./game.ts";
import { LineWatchers } from "./line-watchers.ts";
import type { Update } from "./protocol.ts";

/** All who watch, whichever game is on: each in the format that it asked for. */
export class Watchers {
  readonly #lines: LineWatchers;
  readonly #cells = new Set<Connection>();
  readonly #batch = new CellBatch((frame) => broadcast(this.#cells, frame));

  /** @param maxBehind how many updates wait for a watcher in lines that does not read */
  constructor(maxBehind: number) {
    this.#lines = new LineWatchers(maxBehind);
  }

  /** How many there are. */
  get size(): number {
    return this.#lines.size + this.#cells.size;
  }

  add(watcher: Connection): void {
    this.#formOf(watcher).add(watcher);
  }

  delete(watcher: Connection): void {
    this.#formOf(watcher).delete(watcher);
  }

  /** Sends what happened up to now, so that a newcomer's snapshot and what follows it neither overlap nor miss anything. */
  flush(): void {
    this.#lines.flush();
    this.#batch.flush();
  }

  updated(size: number, update: Update): void {
    if (this.#lines.size > 0) this.#lines.updated(size, update);
    if (this.#cells.size > 0) this.#batch.add(size, update);
  }

  /** Tells how a game stands; lines know no such thing. */
  announce(game: Game): void {
    this.#batch.flush();
    broadcast(this.#cells, encodeGame(game));
  }

  #formOf({ protocol }: Connection): Set<Connection> | LineWatchers {
    return protocol === CELLS_PROTOCOL ? this.#cells : this.#lines;
  }
}
