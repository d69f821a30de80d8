import type { Connection } from "../../middleware/index.ts";
import { CellBatch } from "./cell-batch.ts";
import { CELLS_PROTOCOL, encodeGame } from "./cells-protocol.ts";
import type { Game } from "./game.ts";
import type { Life } from "./life.ts";
import { formatUpdate } from "./protocol.ts";

/** Watches all cells, of whichever game is on: first how they stand, then what they do. */
export async function watcher(ws: Connection, life: Life): Promise<void> {
  await Promise.race([life.ready, ws.closed]);
  const { game, watchers } = life;
  try {
    watchers.flush();
    if (ws.protocol === CELLS_PROTOCOL) {
      sendCells(ws, game);
      watchers.add(ws);
    } else {
      watchers.add(ws);
      await sendLines(ws, life);
    }
    // A watcher has nothing to say: this waits until it leaves.
    for await (const _ of ws);
  } finally {
    watchers.delete(ws);
  }
}

function sendCells(ws: Connection, game: Game): void {
  const batch = new CellBatch((frame) => void ws.send(frame));
  for (const update of game.lastUpdates()) batch.add(game.size, update);
  void ws.send(encodeGame(game));
  batch.flush();
}

async function sendLines(ws: Connection, life: Life): Promise<void> {
  const { game } = life;
  for (const update of game.lastUpdates()) {
    // Lines do not say which game they are of: none of an old one may come behind those of the next.
    if (life.game !== game) return;
    await ws.send(formatUpdate(update));
  }
}
