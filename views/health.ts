import type { Server } from "node:http";
import { Router } from "express";
import { versions } from "./versions.ts";

/** What a server's health depends on. */
export interface Vital {
  /** What it is called in the answer: `bus`. */
  readonly name: string;
  /** Whether it can be reached, as far as is known. */
  readonly available: boolean;
}

/**
 * Health, for load balancers and whoever watches a server: `/healthz` answers 200 and `{"status":"ok"}`; or 503 and `"degraded"`, with
 * what is away, or `"stopping"`, from a server that shuts down and should get nothing more. Each with how many seconds the process has
 * been up, and the versions of what it runs. A degraded server keeps its connections, and goes on by itself when that is back.
 *
 * @param vitals asked each time. Default: none
 * @param server what the app is served by. Default: none, and it never stops
 */
export function health(vitals: readonly Vital[] = [], server?: Server): Router {
  const about = { versions: versions() };
  const router = Router();
  router.get("/", function health(_req, res) {
    const away = vitals.filter(({ available }) => !available).map(({ name }) => name);
    const isStopping = server !== undefined && !server.listening;
    const status = isStopping ? "stopping" : away.length > 0 ? "degraded" : "ok";
    res.status(status === "ok" ? 200 : 503).set("Cache-Control", "no-store");
    res.json({
      status,
      ...(away.length > 0 && { away }),
      uptime: Number(process.uptime().toFixed(3)),
      ...about,
    });
  });
  return router;
}
