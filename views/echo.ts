import { Router } from "express";
import { echo as handler } from "../handlers/echo.ts";
import { websocket } from "../middleware/index.ts";
import { page } from "./pages.ts";

/** The echo demo: its page and its WebSocket view. */
export function echo(): Router {
  const router = Router();
  router.get("/", page("echo"));
  router.get("/ws/", websocket(handler));
  return router;
}
