/** What a block finds around it while it runs: the module that is written of it imports this file, and asks by its key. */

import { once } from "node:events";
import type { Server, Socket } from "node:net";

/** What a block listens with: an Express app, or a server. */
interface Listener {
  listen(port: number, ...rest: unknown[]): Server;
}

/** One run of a block. */
export class Scope {
  /** The names that the block uses and its page does not declare in it. */
  readonly names: Readonly<Record<string, unknown>>;
  readonly servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(names: Readonly<Record<string, unknown>>) {
    this.names = names;
  }

  add(server: Server): void {
    this.servers.push(server);
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  async listening(): Promise<void> {
    for (const server of this.servers) if (!server.listening) await once(server, "listening");
  }

  /** Ends the block's servers, whatever library serves on them. */
  async close(): Promise<void> {
    const closing = this.servers.splice(0).filter((server) => server.listening);
    const closed = closing.map((server) => once(server.close(), "close"));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }
}

const scopes = new Map<string, Scope>();

export function setScope(key: string, scope: Scope): void {
  scopes.set(key, scope);
}

export function namesOf(key: string): Readonly<Record<string, unknown>> {
  return scopes.get(key)?.names ?? {};
}

/** Listens on a free port instead of the one that the page names; in a process of its own, the block tells which. */
export function listen(key: string, listener: Listener, _port: unknown, ...rest: unknown[]): Server {
  const server = listener.listen(0, ...rest);
  const scope = scopes.get(key);
  if (scope) scope.add(server);
  else server.once("listening", () => console.log(`Listening on ${JSON.stringify(server.address())}`));
  return server;
}
