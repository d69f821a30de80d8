import { type Connection, type Message, WebSocketError } from "../../middleware/index.ts";
import type { Game } from "./game.ts";
import type { Life } from "./life.ts";
import type { Place } from "./place.ts";
import { parseUpdate, RUN, SUB } from "./protocol.ts";
import { toLine } from "./recv-line.ts";
import { STEPS_PROTOCOL } from "./steps-protocol.ts";
import { subscribe } from "./subscribe.ts";
import { workerInSteps } from "./worker-in-steps.ts";

/** One cell's client: waits for all to connect, subscribes to its neighbours, waits for all to subscribe, plays. */
export async function worker(ws: Connection, life: Life): Promise<void> {
  if (ws.protocol === STEPS_PROTOCOL) return workerInSteps(ws, life);
  const game = await life.current();
  const place = await game.join(ws);
  try {
    await game.allConnected.wait(ws.signal);
    await ws.send(SUB);
    await subscribe(ws, game, place);
    await game.allSubscribed.wait(ws.signal);
    void ws.send(RUN);
    game.cells.tellEach(place);
    await play(ws, game, place);
  } finally {
    game.leave(place);
  }
}

async function play(ws: Connection, game: Game, place: Place): Promise<void> {
  for await (const message of ws) {
    const heard = game.untilHeard(place);
    // Not at every line, as an `await` takes its time even where there is nothing to wait for.
    if (heard) await heard;
    relay(game, place, message);
  }
}

/** Apart from the loop, whose frame would keep what is read here until the next message. */
function relay(game: Game, place: Place, message: Message): void {
  const line = toLine(message);
  const update = parseUpdate(line);
  if (!update) throw new WebSocketError(1007, `Not "STEP ROW COL STATE": ${line}`);
  game.relay(place, update);
}
