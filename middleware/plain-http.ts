import type { IncomingMessage, Server } from "node:http";
import { TLSSocket } from "node:tls";
import type { UpgradeEvent } from "./dispatch.ts";
import { hasBody } from "./handshake.ts";
import type { Hook } from "./hook.ts";
import { release } from "./when-free.ts";

declare module "node:http" {
  interface Server {
    /** Since Node 24.9: whether a request that asks for an upgrade gets one; otherwise it is served as plain HTTP. */
    shouldUpgradeCallback?: (req: IncomingMessage) => boolean;
  }
}

/** Names of headers that ask for an upgrade; `Connection` is kept for its other options. */
const UPGRADE_HEADERS: ReadonlySet<string> = new Set(["upgrade", "http2-settings"]);

/**
 * Lets Node serve a request that `isPlain` names without an upgrade, as a server may (RFC 9110 §7.8), if it has a body: from
 * Node 26 on, an `upgrade` event comes with the body taken out of the connection. Any other such request still comes as that
 * event, for {@link servePlain}: Node's own way forgets a request that is pipelined behind it.
 */
export function keepPlain(server: Server, isPlain: (req: IncomingMessage) => boolean): void {
  const { shouldUpgradeCallback } = server;
  if (!shouldUpgradeCallback) return;
  server.shouldUpgradeCallback = function shouldUpgrade(req) {
    if (!hasBody(req) || !isPlain(req)) return shouldUpgradeCallback.call(server, req);
    for (const name of UPGRADE_HEADERS) delete req.headers[name];
    return false;
  };
}

/**
 * Serves a request as plain HTTP/1.1 although Node has read it as an upgrade: the connection goes back to the server, and
 * the request is read again, without the headers that ask for the upgrade, then its body, then further requests.
 */
export function servePlain(server: Server, hook: Hook, { req, socket, head }: UpgradeEvent): void {
  hook.upgrading.delete(socket);
  release(socket);
  // An answer that was pipelined ahead may have left the timeout of an idle connection.
  socket.setTimeout(server.timeout);
  socket.unshift(Buffer.concat([Buffer.from(requestHead(req), "latin1"), head]));
  server.emit(socket instanceof TLSSocket ? "secureConnection" : "connection", socket);
}

function requestHead({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = "", value = ""] = rawHeaders.slice(i, i + 2);
    const kept = keptValue(name.toLowerCase(), value);
    if (kept !== undefined) lines.push(`${name}: ${kept}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function keptValue(name: string, value: string): string | undefined {
  if (UPGRADE_HEADERS.has(name)) return undefined;
  if (name !== "connection") return value;
  const options = value.split(",").filter((option) => !UPGRADE_HEADERS.has(option.trim().toLowerCase()));
  return options.length > 0 ? options.join(",") : undefined;
}
