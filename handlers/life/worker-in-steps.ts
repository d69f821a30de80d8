import { type Connection, type Message, WebSocketError } from "../../middleware/index.ts";
import type { Game } from "./game.ts";
import type { Life } from "./life.ts";
import type { Place } from "./place.ts";
import { recvLine, toLine } from "./recv-line.ts";
import { formatRun, type Introduction, parseIntroduction, parseState, STEPS } from "./steps-protocol.ts";
import { subscribe } from "./subscribe.ts";

/** The client of one cell that hears whole steps, and that may have come back: see `steps-protocol.ts`. */
export async function workerInSteps(ws: Connection, life: Life): Promise<void> {
  const introduction = await recvIntroduction(ws);
  const { game: id, size, standing } = introduction;
  const game = await life.find({ id, size });
  const place = await game.live(ws, introduction);
  try {
    await game.allConnected.wait(ws.signal);
    await ws.send(STEPS);
    await subscribe(ws, game, place);
    await game.allSubscribed.wait(ws.signal);
    const latest = await game.locate(place);
    void ws.send(formatRun(latest.step === standing?.step ? undefined : latest));
    game.cells.tellSteps(place, latest.step);
    await play(ws, game, place);
  } finally {
    game.leave(place);
  }
}

async function recvIntroduction(ws: Connection): Promise<Introduction> {
  const line = await recvLine(ws);
  const introduction = parseIntroduction(line);
  if (introduction) return introduction;
  throw new WebSocketError(
    1007,
    `Not "GAME SIZE ROW COL KEY" or "GAME SIZE ROW COL KEY STEP HISTORY": ${line}`,
  );
}

async function play(ws: Connection, game: Game, place: Place): Promise<void> {
  for await (const message of ws) {
    const heard = game.untilHeard(place);
    // Not at every step, as an `await` takes its time even where there is nothing to wait for.
    if (heard) await heard;
    advance(game, place, message);
  }
}

/** Apart from the loop, whose frame would keep what is read here until the next message. */
function advance(game: Game, place: Place, message: Message): void {
  const line = toLine(message);
  const told = parseState(line);
  if (!told) throw new WebSocketError(1007, `Not "STEP STATE": ${line}`);
  game.advance(place, told);
}
