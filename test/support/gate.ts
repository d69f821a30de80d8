import type { RequestHandler } from "express";
import { deferred } from "./deferred.ts";

/** A middleware at which requests wait. */
export interface Gate {
  readonly pass: RequestHandler;
  /** Resolves when the first of them is there. */
  readonly arrived: Promise<void>;
  /** Lets them go on. */
  open(): void;
}

/** Creates a gate, which is closed. */
export function createGate(): Gate {
  const [arrived, opened] = [deferred(), deferred()];
  return {
    async pass(_req, _res, next) {
      arrived.resolve();
      await opened.promise;
      next();
    },
    arrived: arrived.promise,
    open: () => opened.resolve(),
  };
}
