import type { NextFunction, Request, RequestHandler, Response } from "express";
import { complete } from "./accept.ts";
import type { Connection } from "./connection.ts";
import { ConnectionClosed } from "./errors.ts";
import { runHandler } from "./handler.ts";
import { isWebSocketRequest } from "./handshake.ts";
import { resolveOptions, type WebSocketOptions } from "./options.ts";

/**
 * What happens on a connection, from top to bottom. When it returns, or its promise resolves, the connection is closed.
 *
 * @typeParam P the route's params, as in Express's `Request<P>`
 * @param ws the connection, open
 * @param req the upgrade request, as the middleware before the view has left it; its response is over, so `req.res` is there
 * only for what is in `res.locals`, and undefined where that is empty
 */
export type Handler<P = Record<string, string>> = (ws: Connection, req: Request<P>) => unknown;

/** Options of {@link websocket}. */
export interface ViewOptions extends WebSocketOptions {
  /** Whether a plain HTTP request goes on to the next handler, so that a page can share the URL. Default: false. */
  fallthrough?: boolean;
}

/**
 * Makes a WebSocket view: an Express route handler that completes the handshake and hands the connection to `handler`.
 * When the handler returns, the connection closes with 1000; when it throws, with 1011, or with the code of a
 * {@link WebSocketError}. A handler that throws the end of its own connection, as `recv()` does, has not failed.
 *
 * Refusals are plain HTTP, a {@link HandshakeError} through `next(err)`: 426 for a request that is no upgrade, 400, 403,
 * 429, 503 as in {@link accept}.
 *
 * @typeParam P the route's params, as in Express's `Request<P>`
 * @param handler what happens on the connection; called once the 101 has left
 * @param options shared by all connections of this view
 * @returns what `app.get()` and every other place in Express for a route handler takes
 * @throws TypeError at once for a handler that is no function or options that make no sense
 *
 * @example
 * app.get("/echo/:name", websocket(async (ws, req) => {
 *   await ws.send(`Hello ${req.params.name}!`);
 *   for await (const message of ws) await ws.send(message);
 * }));
 */
export function websocket<P = Record<string, string>>(
  handler: Handler<P>,
  { fallthrough = false, ...options }: ViewOptions = {},
): RequestHandler<P> {
  if (typeof handler !== "function")
    throw new TypeError("websocket(handler) takes an async function of (ws, req)");
  if (typeof fallthrough !== "boolean") throw new TypeError('"fallthrough" has to be true or false');
  const settings = resolveOptions(options);

  return function websocket(req: Request<P>, res: Response, next: NextFunction): void {
    if (fallthrough && !isWebSocketRequest(req)) {
      next();
      return;
    }
    try {
      complete(req, res, settings, (connection) => runHandler(connection, handler, req), ignore);
    } catch (error) {
      // A peer that goes in the middle of the handshake is nobody's error, and there is nobody to answer.
      if (!(error instanceof ConnectionClosed)) next(error);
    }
  };
}

function ignore(): void {}
