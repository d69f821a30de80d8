import { Router } from "express";
import { Life } from "../handlers/life/life.ts";
import { CELLS_PROTOCOL, STEPS_PROTOCOL } from "../handlers/life/protocol.ts";
import { reset } from "../handlers/life/reset.ts";
import { watcher } from "../handlers/life/watcher.ts";
import { worker } from "../handlers/life/worker.ts";
import { websocket } from "../middleware/index.ts";
import { page } from "./pages.ts";

/** What may wait for a watcher that does not read, in bytes: the whole of a large grid as lines, and some steps more. */
const MAX_BEHIND = 8 * 1024 * 1024;

/**
 * The Game of Life: its page, and the WebSocket views of its workers and watchers.
 *
 * @param log told of each game's progress, a line at a time
 */
export function life(log: (line: string) => void): Router {
  const state = new Life(log);
  const router = Router();
  router.get("/", page("life"));
  router.get(
    "/reset/",
    websocket((ws) => reset(ws, state), { protocols: [STEPS_PROTOCOL] }),
  );
  router.get(
    "/worker/",
    websocket((ws) => worker(ws, state), { protocols: [STEPS_PROTOCOL] }),
  );
  router.get(
    "/watcher/",
    websocket((ws) => watcher(ws, state), { protocols: [CELLS_PROTOCOL], maxBufferedAmount: MAX_BEHIND }),
  );
  return router;
}
