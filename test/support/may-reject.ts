import { createRequire } from "node:module";
import type { Request, RequestHandler, Response } from "express";

const { version } = createRequire(import.meta.url)("express/package.json") as { version: string };

/** A middleware that may reject. Express 5 passes that on by itself; for Express 4 it has to be done, as its users do it. */
export function mayReject(middleware: (req: Request, res: Response) => Promise<void>): RequestHandler {
  if (!version.startsWith("4.")) return middleware;
  return function mayReject(req, res, next) {
    middleware(req, res).catch(next);
  };
}
