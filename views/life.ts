import { type NextFunction, type Request, type Response, Router } from "express";
import { CELLS_PROTOCOL } from "../handlers/life/cells-protocol.ts";
import { DEFAULT_NAME, Games } from "../handlers/life/games.ts";
import { MAX_NAME, parseName, STEPS_PROTOCOL } from "../handlers/life/protocol.ts";
import { reset } from "../handlers/life/reset.ts";
import { watcher } from "../handlers/life/watcher.ts";
import { worker } from "../handlers/life/worker.ts";
import { websocket } from "../middleware/index.ts";
import { page } from "./pages.ts";
import { patterns } from "./patterns.ts";
import { Refusal } from "./refusal.ts";

/** A view of the default game, or of the one that its URL names. */
type OfGame = { name?: string };

/** What may wait for a watcher that does not read, in bytes: the whole of a large grid as lines, and some steps more. */
const MAX_BEHIND = 8 * 1024 * 1024;

/**
 * The Game of Life: its page, and the WebSocket views of its workers and watchers; and the same for any number of games at once, each
 * below `/games/NAME/`.
 *
 * @param log told of each game's progress, a line at a time
 */
export function life(log: (line: string) => void): Router {
  const games = new Games(log);
  const gameOf = (req: Request<OfGame>) => games.get(nameOf(req));
  const router = Router();
  router.use("/games/:name", checkName);
  router.get(ofGame("/"), page("life"));
  router.get("/patterns/", patterns());
  router.get(
    ofGame("/reset/"),
    websocket<OfGame>((ws, req) => reset(ws, gameOf(req)), { protocols: [STEPS_PROTOCOL] }),
  );
  router.get(
    ofGame("/worker/"),
    websocket<OfGame>((ws, req) => worker(ws, gameOf(req)), { protocols: [STEPS_PROTOCOL] }),
  );
  router.get(
    ofGame("/watcher/"),
    websocket<OfGame>((ws, req) => watcher(ws, gameOf(req)), {
      protocols: [CELLS_PROTOCOL],
      maxBufferedAmount: MAX_BEHIND,
    }),
  );
  return router;
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
