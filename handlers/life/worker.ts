import { type Connection, WebSocketError } from "../../middleware/index.ts";
import type { Game, Place } from "./game.ts";
import type { Life } from "./life.ts";
import { parseCell, parseUpdate, RUN, SUB } from "./protocol.ts";
import { recvLine, toLine } from "./recv-line.ts";

/** One cell's client: waits for all to connect, subscribes to its neighbours, waits for all to subscribe, plays. */
export async function worker(ws: Connection, life: Life): Promise<void> {
  const { game } = life;
  const place = game.join(ws);
  try {
    await game.allConnected.wait(ws.signal);
    await ws.send(SUB);
    await subscribe(ws, game, place);
    await game.allSubscribed.wait(ws.signal);
    await ws.send(RUN);
    await play(ws, game, place);
  } finally {
    game.leave(ws, place);
  }
}

async function subscribe(ws: Connection, game: Game, place: Place): Promise<void> {
  for (let line = await recvLine(ws); line !== SUB; line = await recvLine(ws)) {
    const cell = parseCell(line);
    if (!cell) throw new WebSocketError(1007, `Not "ROW COL" or "${SUB}": ${line}`);
    game.subscribe(ws, place, cell.row, cell.col);
  }
  game.ready(place);
}

async function play(ws: Connection, game: Game, place: Place): Promise<void> {
  for await (const message of ws) {
    const line = toLine(message);
    const update = parseUpdate(line);
    if (!update) throw new WebSocketError(1007, `Not "STEP ROW COL STATE": ${line}`);
    game.relay(ws, place, update, line);
  }
}
