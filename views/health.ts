import { Router } from "express";

/** What a server's health depends on. */
export interface Vital {
  /** What it is called in the answer: `bus`. */
  readonly name: string;
  /** Whether it can be reached, as far as is known. */
  readonly available: boolean;
}

/**
 * Health, for load balancers and whoever watches a server: `/healthz` answers 200 and `{"status":"ok"}`, or 503,
 * `{"status":"degraded"}`, and what is away. A degraded server keeps its connections, and goes on by itself when that is back.
 *
 * @param vitals asked each time
 */
export function health(vitals: readonly Vital[]): Router {
  const router = Router();
  router.get("/", function health(_req, res) {
    const away = vitals.filter(({ available }) => !available).map(({ name }) => name);
    const status = away.length === 0 ? 200 : 503;
    res.status(status).set("Cache-Control", "no-store");
    res.json(status === 200 ? { status: "ok" } : { status: "degraded", away });
  });
  return router;
}
