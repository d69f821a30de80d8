import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { Agreement } from "./agreement.ts";
import { announce } from "./announce.ts";
import { negotiateCompression } from "./compression.ts";
import { Connection } from "./connection.ts";
import { ConnectionClosedError, HandshakeError } from "./errors.ts";
import { checkHandshake } from "./handshake.ts";
import { hookOf } from "./hook.ts";
import { resolveOptions, type Settings, type WebSocketOptions } from "./options.ts";
import { checkOrigin } from "./origin.ts";
import { negotiateProtocol } from "./subprotocol.ts";
import { type Upgrade, upgradeOf } from "./upgrade.ts";
import { type Routed, viewNameOf } from "./view-name.ts";

/** Headers that middleware may have set and that have no place on a 101: hop-by-hop, and those of a body. */
const NOT_ON_101 =
  /^(content-.*|sec-websocket-.*|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/**
 * Completes the handshake, for a view that decides for itself: answers 101 through the response, with the headers that
 * middleware has set, and resolves with the connection once it has left. Whoever accepts also closes, and sees to what
 * `recv()` rejects with when the peer leaves.
 *
 * @param req Express's request, or any of `node:http`, on a server that was hooked
 * @param res its response, not begun yet
 * @param options as for {@link websocket}, but for `fallthrough`
 * @returns the connection, open
 * @throws {@link HandshakeError}, as a rejection and with nothing answered, for a request that asks for no WebSocket (426), is
 * malformed (400), comes from a foreign origin (403) or an address with too many connections (429), while the server is full
 * or shuts down (503), or on a server without `hookUpgrades` (500)
 * @throws {@link ConnectionClosedError}, as a rejection, if the peer goes before the 101 has left
 * @throws TypeError, as a rejection, for options that make no sense
 * @throws Error `ERR_HTTP_HEADERS_SENT`, as a rejection, if the request was answered already
 *
 * @example
 * app.get("/feed", async (req, res) => {
 *   if (!(await mayRead(req.user))) return res.sendStatus(403);
 *   const ws = await accept(req, res);
 *   await ws.send("Welcome!");
 *   await ws.close();
 * });
 */
export async function accept(
  req: IncomingMessage,
  res: ServerResponse,
  options?: WebSocketOptions,
): Promise<Connection> {
  const settings = resolveOptions(options);
  return new Promise((resolve, reject) => complete(req, res, settings, resolve, reject));
}

/**
 * {@link accept} without a promise, and with options that were resolved once for all connections of a view.
 *
 * @param opened called with the connection once the 101 has left
 * @param aborted called if the peer goes before
 * @throws whatever {@link accept} rejects with, where nothing was answered
 *
 * @internal
 */
export function complete(
  req: IncomingMessage & Routed,
  res: ServerResponse,
  settings: Settings,
  opened: (connection: Connection) => void,
  aborted: (error: ConnectionClosedError) => void,
): void {
  const key = checkHandshake(req);
  const upgrade = checkHook(req, res);
  checkOrigin(req, settings.origins);
  const agreement: Agreement = {
    protocol: negotiateProtocol(req, settings.protocols),
    compression: negotiateCompression(req, settings),
  };
  const address = addressOf(req);
  const { server, hook } = upgrade;
  const { places, shape } = hook;
  shape.learn(req, res);
  places.take(address);
  try {
    writeHead(res, key, agreement);
  } catch (error) {
    places.free(address);
    throw error;
  }
  // Not before: where the response has begun already, that throws, and no WebSocket may follow on that answer.
  upgrade.accepted = {
    settings,
    agreement,
    address,
    view: settings.view ?? viewNameOf(req),
    transplanted(transport) {
      const connection = new Connection(transport);
      announce(connection, req, server);
      opened(connection);
    },
    aborted() {
      places.free(address);
      aborted(new ConnectionClosedError(1006, ""));
    },
  };
  res.end();
}

function checkHook(req: IncomingMessage, res: ServerResponse): Upgrade {
  const upgrade = upgradeOf(req);
  if (!upgrade) {
    // To Node's parser, a tab behind the last option of Connection is part of it: it reads no upgrade there.
    if (isHooked(req)) throw new HandshakeError(400, "Invalid Connection or Upgrade");
    throw new HandshakeError(
      500,
      "This server has no WebSockets yet: call hookUpgrades(server) on what app.listen() returns",
    );
  }
  // Where an answer has left, nobody is to take the mistake of a second one for a peer that has gone: Node's own error tells.
  if (upgrade === "over" && res.headersSent) res.writeHead(101);
  if (upgrade === "over" || upgrade.socket.destroyed) throw new ConnectionClosedError(1006, "");
  if (upgrade.hook.closing)
    throw new HandshakeError(503, "The server is shutting down", { "Retry-After": "1" });
  return upgrade;
}

function isHooked({ socket }: IncomingMessage): boolean {
  const server: unknown = Reflect.get(socket, "server");
  return (server instanceof Server || server instanceof HttpsServer) && hookOf(server) !== undefined;
}

/** The 101 (RFC 6455 §4.2.2), through `writeHead` and `end`, so that what wraps them works as for any response. */
function writeHead(res: ServerResponse, acceptValue: string, { protocol, compression }: Agreement): void {
  for (const name of res.getHeaderNames()) {
    if (NOT_ON_101.test(name)) res.removeHeader(name);
  }
  const headers: Record<string, string> = {
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Accept": acceptValue,
  };
  if (protocol) headers["Sec-WebSocket-Protocol"] = protocol;
  if (compression) headers["Sec-WebSocket-Extensions"] = compression.header;
  res.writeHead(101, headers);
}

/** Express's `req.ip`, which honours `trust proxy`; asked for now, as a socket that is gone tells no address. */
function addressOf(req: IncomingMessage & { readonly ip?: unknown }): string | undefined {
  return typeof req.ip === "string" ? req.ip : req.socket.remoteAddress;
}
