import { broadcast, type Connection } from "../../middleware/index.ts";
import { CellBatch } from "./cell-batch.ts";
import type { Game } from "./game.ts";
import { LineBatch } from "./line-batch.ts";
import { CELLS_PROTOCOL, encodeGame, type Update } from "./protocol.ts";

/** All who watch, whichever game is on: each in the format that it asked for. */
export class Watchers {
  readonly #lines = new Set<Connection>();
  readonly #cells = new Set<Connection>();
  readonly #lineBatch = new LineBatch((lines) => broadcast(this.#lines, lines));
  readonly #cellBatch = new CellBatch((frame) => broadcast(this.#cells, frame));

  add(watcher: Connection): void {
    this.#formOf(watcher).add(watcher);
  }

  delete(watcher: Connection): void {
    this.#formOf(watcher).delete(watcher);
  }

  /** Sends what happened up to now, so that a newcomer's snapshot and what follows it neither overlap nor miss anything. */
  flush(): void {
    this.#lineBatch.flush();
    this.#cellBatch.flush();
  }

  updated(size: number, update: Update): void {
    if (this.#lines.size > 0) this.#lineBatch.add(update);
    if (this.#cells.size > 0) this.#cellBatch.add(size, update);
  }

  /** Tells how a game stands; lines know no such thing. */
  announce(game: Game): void {
    this.#cellBatch.flush();
    broadcast(this.#cells, encodeGame(game));
  }

  #formOf({ protocol }: Connection): Set<Connection> {
    return protocol === CELLS_PROTOCOL ? this.#cells : this.#lines;
  }
}
