import type { Server } from "node:http";
import { type RequestHandler, Router } from "express";
import type { Bus } from "../handlers/bus/bus.ts";
import type { Census } from "../handlers/census/census.ts";
import { processMetrics } from "../handlers/status/metrics.ts";
import { Reporter } from "../handlers/status/reporter.ts";
import { expositionOf, type ProcessMetrics } from "../handlers/status/sum-metrics.ts";
import { viewer } from "../handlers/status/viewer.ts";
import { Viewers } from "../handlers/status/viewers.ts";
import { stats, websocket } from "../middleware/index.ts";
import { type AccessOptions, access } from "./access.ts";
import { page } from "./pages.ts";

/** By what the processes of a server, and of other machines, tell each other of themselves. */
export interface StatusServices {
  /** Carries a sample a second of each process to those who look. */
  readonly bus: Bus;
  /** Asks all processes of this server. */
  readonly census: Census<ProcessMetrics>;
}

/** What may wait for a viewer that does not read, in bytes: ten minutes of a hundred processes. */
const MAX_BEHIND = 32 * 1024 * 1024;

/**
 * What a server tells of itself: `/status/`, its page, whose charts come over the WebSocket view `/status/feed/`, of all processes on all
 * machines; and `/metrics`, for Prometheus, of all processes of this server.
 *
 * @param server hooked when it is first asked
 */
export function status(server: Server, { bus, census }: StatusServices, options: AccessOptions = {}): Router {
  const viewers = new Viewers(bus, new Reporter(bus, () => stats(server)));
  const router = Router();
  router.use(["/status", "/metrics"], access(options));
  router.get("/status/", page("status"));
  router.get(
    "/status/feed/",
    websocket((ws) => viewer(ws, viewers), { maxBufferedAmount: MAX_BEHIND }),
  );
  router.get("/metrics", metrics(server, census));
  return router;
}

function metrics(server: Server, census: Census<ProcessMetrics>): RequestHandler {
  census.answerBy(processMetrics(() => stats(server)));
  return async function metrics(_req, res) {
    const { text, contentType } = await expositionOf(await census.ask());
    res.set("Content-Type", contentType).send(text);
  };
}
