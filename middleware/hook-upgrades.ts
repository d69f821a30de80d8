import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { dispatch } from "./dispatch.ts";
import { isWebSocketRequest } from "./handshake.ts";
import { Hook, hookOf, setHook } from "./hook.ts";
import { keepPlain, servePlain } from "./plain-http.ts";
import { tend, whenFree } from "./when-free.ts";

/** Options of {@link hookUpgrades}. */
export interface HookOptions {
  /**
   * Says which upgrade requests are ours, where the server has another owner of upgrades: a dev server's hot reload, a
   * second WebSocket library. The others are not touched. Default: all are ours.
   */
  claim?: (req: IncomingMessage) => boolean;
}

/**
 * Takes a server's `upgrade` event and sends upgrade requests through its `request` listeners: the app's own middleware,
 * routes and error handler. Call it once for each `http` or `https` server, before or after `listen`.
 *
 * A request to upgrade to anything but a WebSocket is served as plain HTTP/1.1, with its body (RFC 9110 §7.8).
 *
 * @typeParam S the kind of server, which is given back
 * @param server what `app.listen()` returns, or `http.createServer(app)`, or that of `https`
 * @param options whose upgrades are ours, where the server has another owner of them
 * @returns the server
 * @throws Error if the server was hooked before
 * @throws TypeError if it is no `http` or `https` server, or `claim` is no function
 *
 * @example
 * hookUpgrades(app.listen(8000));
 */
export function hookUpgrades<S extends Server>(server: S, { claim = () => true }: HookOptions = {}): S {
  checkArguments(server, claim);
  const hook = new Hook();
  setHook(server, hook);

  /** With no other listener, a request that is not ours is nobody's: it would wait for ever. */
  function ownerOf(req: IncomingMessage): "us" | "other" | "plain" {
    if (claim(req)) return isWebSocketRequest(req) ? "us" : "plain";
    return server.listenerCount("upgrade") > 1 ? "other" : "plain";
  }

  server.on("upgrade", function onUpgrade(req: IncomingMessage, socket: Socket, head: Buffer) {
    const owner = ownerOf(req);
    if (owner === "other") return;
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

function checkArguments(server: Server, claim: unknown): void {
  if (
    typeof server?.on !== "function" ||
    typeof server.listenerCount !== "function" ||
    !("headersTimeout" in server)
  ) {
    throw new TypeError("hookUpgrades(server) takes the http or https server that app.listen() returns");
  }
  if (typeof claim !== "function") throw new TypeError('hookUpgrades(): "claim" has to be a function');
  if (hookOf(server)) throw new Error("hookUpgrades() was already called on this server: once is enough");
}
