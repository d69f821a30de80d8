import type { IncomingMessage } from "node:http";
import { HandshakeError } from "./errors.ts";
import type { Origins } from "./options.ts";

/** What Express adds to a request and a plain Node server does not; it honours `trust proxy`. */
interface MaybeExpress {
  /** The host asked for, without its port. */
  readonly hostname?: unknown;
  readonly secure?: unknown;
}

/** Whether a browser may send this as an origin (RFC 6454 §6.2): no path, no port that is the scheme's own, no capitals. */
export function isOrigin(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const url = parse(value);
  if (!url) return value === "null";
  // What is neither of the web nor a file is opaque to WHATWG's URL, and browsers have schemes of their own.
  return value === (url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin);
}

/**
 * Refuses a page of a foreign origin, which would act with its visitor's cookies (RFC 6455 §10.2). A request without an
 * `Origin` header comes from no browser and is let in.
 *
 * @throws HandshakeError 403 that names the origin and the option
 */
export function checkOrigin(req: IncomingMessage, origins: Origins): void {
  const { origin } = req.headers;
  if (origin === undefined || isAllowed(origin, origins, req)) return;
  throw new HandshakeError(
    403,
    `Origin ${origin} may not connect here: the "origins" option of the WebSocket view says which may`,
  );
}

function isAllowed(origin: string, origins: Origins, req: IncomingMessage): boolean {
  if (origins === "*") return true;
  if (origins === "same-origin") return isSameOrigin(origin, req);
  return typeof origins === "function" ? origins(origin, req) === true : origins.includes(origin);
}

/**
 * Compares hosts and ports. The scheme counts only where the request is known to be secure: behind a proxy that ends TLS and
 * is not trusted, an `https:` page arrives as a plain request.
 */
function isSameOrigin(origin: string, req: IncomingMessage & MaybeExpress): boolean {
  const host = requestedHost(req);
  // As a browser writes both, nearly always: parsing them would take longer than the rest of the handshake's checks.
  if (origin === `https://${host}` || (origin === `http://${host}` && req.secure !== true)) return true;
  const from = parse(origin);
  if (!from || !(from.protocol === "https:" || (from.protocol === "http:" && req.secure !== true)))
    return false;
  // Read with the origin's scheme, whose default port may be written or not.
  return parse(`${from.protocol}//${host}`)?.host === from.host;
}

/** Host and port that the peer asked for: behind a proxy that Express trusts, those that the proxy forwards. */
function requestedHost(req: IncomingMessage & MaybeExpress): string | undefined {
  const header = req.headers["x-forwarded-host"];
  if (header === undefined) return req.headers.host;
  const [forwarded = ""] = String(header).split(",");
  if (!forwarded) return req.headers.host;
  // Whether Express trusts the proxy shows in `hostname`, which in Express 4 has lost the port.
  const isTrusted = parse(`http://${forwarded}`)?.hostname === parse(`http://${req.hostname}`)?.hostname;
  return isTrusted ? forwarded : req.headers.host;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
