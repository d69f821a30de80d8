import { type Connection, WebSocketError } from "../../middleware/index.ts";
import type { Game, Place } from "./game.ts";
import type { Life } from "./life.ts";
import {
  type Position,
  parseCell,
  parseState,
  parseUpdate,
  RUN,
  STEPS,
  STEPS_PROTOCOL,
  SUB,
} from "./protocol.ts";
import { recvLine, toLine } from "./recv-line.ts";

/** One cell's client: waits for all to connect, subscribes to its neighbours, waits for all to subscribe, plays. */
export async function worker(ws: Connection, life: Life): Promise<void> {
  const { game } = life;
  const inSteps = ws.protocol === STEPS_PROTOCOL;
  const place = game.join(ws, inSteps);
  try {
    await game.allConnected.wait(ws.signal);
    await ws.send(inSteps ? STEPS : SUB);
    const own = inSteps ? await occupy(ws, game, place) : undefined;
    await subscribe(ws, game, place);
    await game.allSubscribed.wait(ws.signal);
    await ws.send(RUN);
    await play(ws, game, place, own);
  } finally {
    game.leave(ws, place);
  }
}

async function occupy(ws: Connection, game: Game, place: Place): Promise<Position> {
  const line = await recvLine(ws);
  const cell = parseCell(line);
  if (!cell) throw new WebSocketError(1007, `Not "ROW COL": ${line}`);
  game.occupy(ws, place, cell);
  return cell;
}

async function subscribe(ws: Connection, game: Game, place: Place): Promise<void> {
  for (let line = await recvLine(ws); line !== SUB; line = await recvLine(ws)) {
    const cell = parseCell(line);
    if (!cell) throw new WebSocketError(1007, `Not "ROW COL" or "${SUB}": ${line}`);
    game.subscribe(ws, place, cell);
  }
  game.ready(place);
}

/** @param own the cell that the worker lives, where it has named it and does not again */
async function play(ws: Connection, game: Game, place: Place, own: Position | undefined): Promise<void> {
  for await (const message of ws) {
    const line = toLine(message);
    const update = own ? parseState(line, own) : parseUpdate(line);
    if (!update)
      throw new WebSocketError(1007, `Not "${own ? "STEP STATE" : "STEP ROW COL STATE"}": ${line}`);
    game.relay(ws, place, update);
  }
}
