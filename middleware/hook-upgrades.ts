import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { dispatch } from "./dispatch.ts";
import { isWebSocketRequest } from "./handshake.ts";
import { Hook, hookOf, setHook } from "./hook.ts";
import { type HookOptions, resolveHookOptions } from "./hook-options.ts";
import { keepPlain, servePlain } from "./plain-http.ts";
import { nameOf } from "./request-name.ts";
import { ignore, tend, whenFree } from "./when-free.ts";

/**
 * Takes a server's `upgrade` event and sends upgrade requests through its `request` listeners: the app's own middleware,
 * routes and error handler. Call it once for each `http` or `https` server, before or after `listen`.
 *
 * A request to upgrade to anything but a WebSocket is served as plain HTTP/1.1, with its body (RFC 9110 §7.8).
 *
 * @typeParam S the kind of server, which is given back
 * @param server what `app.listen()` returns, or `http.createServer(app)`, or that of `https`
 * @param options limits on connections, and whose upgrades are ours where the server has another owner of them
 * @returns the server
 * @throws Error if the server was hooked before
 * @throws TypeError if it is no `http` or `https` server, or for options that make no sense
 *
 * @example
 * hookUpgrades(app.listen(8000));
 */
export function hookUpgrades<S extends Server>(server: S, options?: HookOptions): S {
  checkServer(server);
  const settings = resolveHookOptions(options);
  const { claim } = settings;
  const hook = new Hook(settings);
  setHook(server, hook);

  /** Whoever sends a request that `claim` fails on must not end the process. */
  function isClaimed(req: IncomingMessage): boolean {
    try {
      return claim(req);
    } catch (failure) {
      console.error(`${nameOf(req)}: claim failed:`, failure);
      return false;
    }
  }

  /** With no other listener, a request that is not ours is nobody's: it would wait for ever. */
  function ownerOf(req: IncomingMessage): "us" | "other" | "plain" {
    if (isClaimed(req)) return isWebSocketRequest(req) ? "us" : "plain";
    return server.listenerCount("upgrade") > 1 ? "other" : "plain";
  }

  server.on("upgrade", function onUpgrade(req: IncomingMessage, socket: Socket, head: Buffer) {
    const owner = ownerOf(req);
    if (owner === "other") {
      // That may leave it unanswered: then nobody would hear of a reset either.
      socket.on("error", ignore);
      return;
    }
    // First of all: a reset at any moment from here on must not be an unheard "error", which ends the process.
    tend(socket);
    hook.upgrading.add(socket);
    whenFree(
      socket,
      () => (owner === "us" ? dispatch : servePlain)(server, hook, { req, socket, head }),
      () => hook.upgrading.delete(socket),
    );
  });
  keepPlain(server, (req) => ownerOf(req) === "plain");
  return server;
}

function checkServer(server: Server): void {
  if (
    typeof server?.on !== "function" ||
    typeof server.listenerCount !== "function" ||
    !("headersTimeout" in server)
  ) {
    throw new TypeError("hookUpgrades(server) takes the http or https server that app.listen() returns");
  }
  if (hookOf(server)) throw new Error("hookUpgrades() was already called on this server: once is enough");
}
