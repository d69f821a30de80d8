import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Deadlines } from "./deadlines.ts";
import { hangUp } from "./hang-up.ts";
import type { Hook } from "./hook.ts";
import { transplant } from "./transplant.ts";
import { setUpgrade, takeUpgrade, upgradeOf } from "./upgrade.ts";

/** What Node gives an `upgrade` listener. */
export interface UpgradeEvent {
  readonly req: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** When whose handshake took too long may try again, in seconds. */
const RETRY_AFTER = 10;

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
  hook.handshakes ??= new Deadlines(hook.settings.handshakeTimeout, onTimeout);
  hook.handshakes.add(res);
  setUpgrade(req, { server, hook, socket, res });
  hook.shape.prepare(req, res);
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
  if (accepted) {
    transplant(upgrade, accepted);
  } else {
    hook.tally.handshakes.add(this.statusCode);
    hangUp(hook, socket);
  }
}

/** The response is over without a "finish": the peer has gone. */
function onClose(this: ServerResponse): void {
  const upgrade = takeUpgrade(this.req);
  if (!upgrade) return;
  upgrade.hook.upgrading.delete(upgrade.socket);
  upgrade.hook.tally.aborted += 1;
  upgrade.accepted?.aborted();
  this.req.destroy();
}

function emitClose(res: ServerResponse): void {
  res.destroyed = true;
  res.emit("close");
}

/**
 * The app has taken too long. What it still does with its response goes nowhere, as it would if the peer had gone: an answer
 * on the same response would make its own, when it comes, throw. So the peer gets one on another.
 */
function onTimeout(res: ServerResponse): void {
  const { req } = res;
  const pending = upgradeOf(req);
  if (pending === undefined || pending === "over") return;
  const { hook, socket, accepted } = pending;
  // Of a 101 nothing leaves before its end, which what stores a session, for one, may hold back.
  if (accepted ? res.writableEnded : res.headersSent) {
    if (accepted) socket.destroy();
    return;
  }
  takeUpgrade(req);
  accepted?.aborted();
  res.detachSocket(socket);
  emitClose(res);
  req.resume();
  const answer = new ServerResponse(req);
  answer.shouldKeepAlive = false;
  answer.assignSocket(socket);
  answer.once("finish", () => {
    answer.detachSocket(socket);
    hangUp(hook, socket);
  });
  answer.statusCode = 503;
  hook.tally.handshakes.add(503);
  answer.setHeader("Content-Type", "text/plain; charset=utf-8").setHeader("Retry-After", RETRY_AFTER);
  answer.end("The handshake took too long\n");
}
