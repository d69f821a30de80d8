import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Hook } from "./hook.ts";
import { transplant } from "./transplant.ts";
import { forgetUpgrade, setUpgrade, upgradeOf } from "./upgrade.ts";

declare module "node:net" {
  interface Socket {
    /** The response that is being written to this socket, if any. */
    _httpMessage?: ServerResponse | null;
  }
}

/** What Node gives an `upgrade` listener. */
export interface UpgradeEvent {
  readonly req: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** How long a refused client may take to hang up, in milliseconds, before its connection is cut. */
const LINGER = 2_000;

/**
 * Sends an upgrade request through the server's `request` listeners, with a real response on its socket. Node has let go
 * of the socket by now, so all that its HTTP server does for a connection is done here until the response has left.
 */
export function dispatch(server: Server, hook: Hook, { req, socket, head }: UpgradeEvent): void {
  // First of all: a reset at any moment from here on must not be an unheard "error", which ends the process.
  socket.on("error", ignore).on("drain", onDrain);
  whenFree(socket, () => {
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket);
    setUpgrade(req, { hook, socket, head });
    hook.upgrading.add(socket);
    res.on("finish", onFinish).on("close", onClose);
    if (!server.emit("request", req, res)) res.writeHead(404).end();
  });
}

/** A large answer waits for the socket to take more. */
function onDrain(this: Socket): void {
  const res = this._httpMessage;
  if (res?.writableNeedDrain) res.emit("drain");
}

/** An error of the socket ends it: its "close" event is what is listened to. */
function ignore(): void {}

/** Waits for the answers to requests that were pipelined ahead of this one (RFC 9112 §9.3.2). */
function whenFree(socket: Socket, ready: () => void): void {
  const earlier = socket._httpMessage;
  if (socket.destroyed) return;
  if (earlier) earlier.once("close", () => whenFree(socket, ready));
  else ready();
}

/** The response has left: a 101 opens the connection, anything else ends it. */
function onFinish(this: ServerResponse): void {
  const upgrade = upgradeOf(this.req);
  if (!upgrade) return;
  const { hook, socket, accepted } = upgrade;
  hook.upgrading.delete(socket);
  this.detachSocket(socket);
  process.nextTick(emitClose, this);
  if (accepted) {
    transplant(upgrade, accepted);
    socket.off("error", ignore).off("drain", onDrain);
  } else {
    hangUp(socket);
  }
}

/** The response is over: after its "finish", or without one because the peer has gone. */
function onClose(this: ServerResponse): void {
  const { req } = this;
  const upgrade = upgradeOf(req);
  forgetUpgrade(req);
  if (!upgrade || this.writableFinished) return;
  upgrade.hook.upgrading.delete(upgrade.socket);
  upgrade.accepted?.aborted();
  req.destroy();
}

function emitClose(res: ServerResponse): void {
  res.destroyed = true;
  res.emit("close");
}

/** Reads what still comes before the end: closing on unread bytes would reset the connection, and lose the answer. */
function hangUp(socket: Socket): void {
  socket.setTimeout(0);
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER).unref();
  socket.once("close", () => clearTimeout(timer));
}
