/**
 * Tests of WebSocket views that read like supertest.
 *
 * @packageDocumentation
 */

import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { Server as HttpsServer } from "node:https";
import { type AddressInfo, Server } from "node:net";
import { type ConnectOptions, connect as open } from "./connect.ts";
import type { Connection } from "./connection.ts";
import { hookOf } from "./hook.ts";
import { hookUpgrades } from "./hook-upgrades.ts";

export type { CloseEvent } from "./closure.ts";
export type { ConnectOptions } from "./connect.ts";
export type { Connection } from "./connection.ts";
export {
  ConnectionClosed,
  ConnectionClosedError,
  ConnectionClosedOK,
  type HttpResponse,
  UnexpectedResponse,
} from "./errors.ts";
export type { Data, Message } from "./message.ts";
export type { RecvOptions } from "./recv-options.ts";

/** Where only this machine can connect. */
const HOST = "127.0.0.1";

/** What a test connects to: an app, a server that listens, or the URL of one. */
export type Target = RequestListener | Server | string | URL;

/**
 * Connects to a WebSocket view; resolves, when the 101 is in, with a connection of the kind that handlers hold.
 *
 * An app is given a hooked server of its own, on a free port of 127.0.0.1, for this one connection: the server ends when
 * the connection is closed, whoever closes it, or when connecting fails. A handler that is still running then runs on, but
 * nothing of that server keeps the process alive. Apps share nothing but their own state: two connections to one app are
 * on two servers. A server or a URL is left as it is.
 *
 * @param target an Express app or any request listener; an `http` or `https` server that listens, on a port or a Unix
 * socket; or the URL of a server: `ws:`, `wss:`, `http:` or `https:`
 * @param path the view's path, with its query. Default: `/`, or for a URL its own
 * @param options `headers` of the handshake and the `protocols` offered, best first; beyond these, those of the client of
 * `ws`, such as `ca` for `https`
 * @throws UnexpectedResponse, as a rejection, if the view answers with another HTTP response than the 101: its
 * `response` has `status`, `headers` and `text`
 * @throws Error, as a rejection, of the network, or for a handshake that breaks RFC 6455
 * @throws TypeError, as a rejection, for a server that does not listen, or a path that does not begin with `/`
 *
 * @example
 * const ws = await connect(app, "/echo/bob", { headers: { cookie } });
 * assert.equal(await ws.recv(), "Hello bob!");
 * await ws.close();
 *
 * await assert.rejects(connect(app, "/private"), ({ response }) => response.status === 401);
 */
export async function connect(target: Target, path?: string, options?: ConnectOptions): Promise<Connection> {
  if (path !== undefined && !path.startsWith("/"))
    throw new TypeError(`A path begins with "/": ${JSON.stringify(path)}`);
  if (typeof target === "function") return connectToApp(target, path, options);
  return open(target instanceof Server ? urlOf(target, path) : join(target, path), options);
}

async function connectToApp(
  app: RequestListener,
  path: string | undefined,
  options: ConnectOptions | undefined,
): Promise<Connection> {
  const server = hookUpgrades(createServer(app));
  server.listen(0, HOST);
  await once(server, "listening");
  const end = (): void => endServer(server);
  try {
    const ws = await open(urlOf(server, path), options);
    ws.closed.then(end);
    return ws;
  } catch (error) {
    end();
    throw error;
  }
}

/** Takes no more, and lets go of what the client has left: what a handler or the app still does holds up nobody. */
function endServer(server: ReturnType<typeof createServer>): void {
  server.close();
  server.closeAllConnections();
  const hook = hookOf(server);
  for (const socket of hook?.upgrading ?? []) socket.destroy();
  // Not cut: each end is still to be seen by its handler, which may have paused the socket.
  for (const { socket } of hook?.transports ?? []) socket?.unref();
}

function urlOf(server: Server, path = "/"): string {
  const scheme = server instanceof HttpsServer ? "wss" : "ws";
  const address = server.address();
  if (address === null) {
    throw new TypeError(
      'The server does not listen: wait for its "listening" event, or pass connect() the app instead',
    );
  }
  return typeof address === "string"
    ? `${scheme}+unix:${address}:${path}`
    : `${scheme}://${hostOf(address)}:${address.port}${path}`;
}

/** An address that stands for every address of the machine is reached through the loopback interface. */
function hostOf({ address, family }: AddressInfo): string {
  if (address === "0.0.0.0") return HOST;
  if (address === "::") return "localhost";
  return family === "IPv6" ? `[${address}]` : address;
}

function join(url: string | URL, path: string | undefined): string {
  return path === undefined ? String(url) : `${String(url).replace(/\/$/, "")}${path}`;
}
