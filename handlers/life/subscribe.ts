import { type Connection, WebSocketError } from "../../middleware/index.ts";
import type { Game } from "./game.ts";
import type { Place } from "./place.ts";
import { parseCell, SUB } from "./protocol.ts";
import { recvLine } from "./recv-line.ts";

/** Reads the cells that a worker wants to hear of. */
export async function subscribe(ws: Connection, game: Game, place: Place): Promise<void> {
  for (let line = await recvLine(ws); line !== SUB; line = await recvLine(ws)) {
    const cell = parseCell(line);
    if (!cell) throw new WebSocketError(1007, `Not "ROW COL" or "${SUB}": ${line}`);
    game.subscribe(place, cell);
  }
  await game.ready(place);
}
