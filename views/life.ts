import { type NextFunction, type Request, type Response, Router } from "express";
import { CELLS_PROTOCOL } from "../handlers/life/cells-protocol.ts";
import { DEFAULT_NAME, Games } from "../handlers/life/games.ts";
import type { Life } from "../handlers/life/life.ts";
import { MAX_NAME, parseName } from "../handlers/life/protocol.ts";
import { reset } from "../handlers/life/reset.ts";
import type { Shared } from "../handlers/life/shared.ts";
import { STEPS_PROTOCOL } from "../handlers/life/steps-protocol.ts";
import { watcher } from "../handlers/life/watcher.ts";
import { worker } from "../handlers/life/worker.ts";
import { type Connection, websocket } from "../middleware/index.ts";
import { page } from "./pages.ts";
import { patterns } from "./patterns.ts";
import { Refusal } from "./refusal.ts";

/** A view of the default game, or of the one that its URL names. */
type OfGame = { name?: string };

/** What may wait for a watcher that does not read, in bytes: the whole of a large grid as lines, and some steps more. */
const MAX_BEHIND = 8 * 1024 * 1024;

/** For how many seconds those should stay away whom this server cannot tell anything now. */
const RETRY_AFTER = 1;

/**
 * The Game of Life: its page, the WebSocket views of its workers and watchers, and how it stands; and the same for any number of games at
 * once, each below `/games/NAME/`.
 *
 * @param shared what the servers of the games share
 * @param log told of each game's progress, a line at a time
 */
export function life(shared: Shared, log: (line: string) => void): Router {
  const games = new Games(shared, log);
  const visit =
    (handler: (ws: Connection, life: Life) => Promise<void>) =>
    (ws: Connection, req: Request<OfGame>): Promise<void> =>
      games.visit(nameOf(req), (life) => handler(ws, life));
  const router = Router();
  router.use("/games/:name", checkName);
  router.get(ofGame("/"), page("life"));
  router.get("/patterns/", patterns());
  router.get(ofGame("/game.json"), standing(games));
  router.get(ofGame("/reset/"), websocket<OfGame>(visit(reset), { protocols: [STEPS_PROTOCOL] }));
  router.get(ofGame("/worker/"), websocket<OfGame>(visit(worker), { protocols: [STEPS_PROTOCOL] }));
  router.get(
    ofGame("/watcher/"),
    websocket<OfGame>(visit(watcher), { protocols: [CELLS_PROTOCOL], maxBufferedAmount: MAX_BEHIND }),
  );
  return router;
}

/** How a game stands, for those who would live its cells: which game it is, and which cells nobody lives. */
function standing(games: Games) {
  return async function standing(req: Request<OfGame>, res: Response): Promise<void> {
    if (!games.available)
      throw new Refusal(503, "What the servers share is away", { "Retry-After": String(RETRY_AFTER) });
    await games.visit(nameOf(req), async (life) => {
      await life.ready;
      const { id, size, phase, lowestStep, unlived } = life.game;
      res.set("Cache-Control", "no-store");
      res.json({ game: id, size, phase, step: lowestStep, unlived });
    });
  };
}

/** The URL of the default game's view, and of each other game's. */
function ofGame(path: string): string[] {
  return [path, `/games/:name${path}`];
}

/** A name that is none is refused in plain HTTP, before the handshake. */
function checkName(req: Request<OfGame>, _res: Response, next: NextFunction): void {
  nameOf(req);
  next();
}

/** The name of the game, the same however it was written: Express has decoded it. */
function nameOf({ params: { name = DEFAULT_NAME } }: Request<OfGame>): string {
  const parsed = parseName(name);
  if (parsed !== undefined) return parsed;
  throw new Refusal(400, `The name of a game is 1 to ${MAX_NAME} letters, digits, "-" and "_"`);
}
