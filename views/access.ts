import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { Refusal } from "./refusal.ts";

/** Who may see what a server tells of itself. */
export interface AccessOptions {
  /** Whether everybody may. Default: false. */
  readonly isPublic?: boolean | undefined;
  /** Whoever knows this may, from any machine. Default: none, and nobody may from another machine. */
  readonly token?: string | undefined;
}

/** This machine's addresses, as they are written in a URL. */
const LOCAL_HOST = /^(localhost|[^:]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

const LOCAL_ADDRESS = /^(::ffff:)?127\.|^::1$/;

/** What proxies add: a request that came through one is of whoever asked the proxy. */
const FORWARDED = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/**
 * Lets pass who may see what the server tells of itself: who asks on this machine, and who has the token, as
 * `Authorization: Bearer TOKEN` or `?token=TOKEN`. All others are refused, with 401 where a token would help, and else with 403.
 */
export function access({ isPublic = false, token }: AccessOptions): RequestHandler {
  return function access(req, res, next) {
    res.set("Cache-Control", "no-store");
    if (!isPublic && !isLocal(req) && !hasToken(req, token)) refuse(token);
    next();
  };
}

function refuse(token: string | undefined): never {
  if (token === undefined)
    throw new Refusal(
      403,
      "This is for the server's own machine alone: start it with --status public or --status-token",
    );
  throw new Refusal(
    401,
    "This takes the server's status token: Authorization: Bearer TOKEN, or ?token=TOKEN",
    {
      "WWW-Authenticate": 'Bearer realm="status"',
    },
  );
}

/**
 * The name that was asked for counts, too: a page of somebody else's, whose name was made to lead to this machine, asks from this
 * machine, but by that name. HTTP/1.0 is what nginx asks in that was told nothing, and nobody else.
 */
function isLocal({ socket, headers, httpVersion }: Request): boolean {
  if (!LOCAL_ADDRESS.test(socket.remoteAddress ?? "") || !LOCAL_HOST.test(headers.host ?? "")) return false;
  return httpVersion !== "1.0" && FORWARDED.every((name) => headers[name] === undefined);
}

function hasToken(req: Request, token: string | undefined): boolean {
  return token !== undefined && tokensOf(req).some((given) => isSame(given, token));
}

function tokensOf({ headers: { authorization = "" }, query: { token } }: Request): string[] {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return [bearer, token].filter((given) => typeof given === "string");
}

/** In the same time, however much of it is right. */
function isSame(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
