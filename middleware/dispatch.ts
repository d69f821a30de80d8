import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Hook } from "./hook.ts";
import { transplant } from "./transplant.ts";
import { setUpgrade, takeUpgrade } from "./upgrade.ts";
import { letFlow } from "./when-free.ts";

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
 * of the socket by now, so all that its HTTP server does for a response is done here until it has left.
 */
export function dispatch(server: Server, hook: Hook, { req, socket, head }: UpgradeEvent): void {
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket);
  // Back to where it was read from, so that an end which is read before the 101 is told behind it, and not too early.
  if (head.length > 0) socket.unshift(head);
  setUpgrade(req, { hook, socket });
  res.on("finish", onFinish).on("close", onClose);
  if (!server.emit("request", req, res)) res.writeHead(404).end();
}

/** The response has left: a 101 opens the connection, anything else ends it. */
function onFinish(this: ServerResponse): void {
  const upgrade = takeUpgrade(this.req);
  if (!upgrade) return;
  const { hook, socket, accepted } = upgrade;
  this.detachSocket(socket);
  process.nextTick(emitClose, this);
  // A request is closed once it was read to its end, which for an upgrade is here.
  this.req.resume();
  if (accepted) transplant(upgrade, accepted);
  else hangUp(hook, socket);
}

/** The response is over without a "finish": the peer has gone. */
function onClose(this: ServerResponse): void {
  const upgrade = takeUpgrade(this.req);
  if (!upgrade) return;
  upgrade.hook.upgrading.delete(upgrade.socket);
  upgrade.accepted?.aborted();
  this.req.destroy();
}

function emitClose(res: ServerResponse): void {
  res.destroyed = true;
  res.emit("close");
}

/** Reads what still comes before the end: closing on unread bytes would reset the connection, and lose the answer. */
function hangUp({ upgrading }: Hook, socket: Socket): void {
  socket.setTimeout(0);
  letFlow(socket);
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER).unref();
  socket.once("close", () => {
    upgrading.delete(socket);
    clearTimeout(timer);
  });
}
