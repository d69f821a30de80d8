import { Router } from "express";
import { page } from "./pages.ts";

const REFUSAL = "The Game of Life runs in one process: start the server without --workers";

/**
 * What stands in for the Game of Life on a server of many processes: a game's state is in one of them, and its clients would
 * come to all. Its page says so, and its WebSocket views refuse with 501: a 503 would ask clients to come again (RFC 9110
 * §15.6.4), and this server will not have learned it by then.
 */
export function noLife(): Router {
  const router = Router();
  router.get("/", page("no-life"));
  router.get(["/reset/", "/worker/", "/watcher/"], function noLife(_req, res) {
    res.status(501).set("Cache-Control", "no-store").type("text/plain").send(`${REFUSAL}\n`);
  });
  return router;
}
