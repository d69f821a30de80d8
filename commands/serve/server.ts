import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { hookUpgrades } from "../../middleware/index.ts";
import { CommandError, systemErrorCode } from "../errors.ts";
import { connectionLimit, openFileLimit } from "../file-limit.ts";
import type { Create, Service } from "./service.ts";

/** Where a server listens. */
export interface Place {
  readonly port: number;
  readonly host?: string;
}

/** How many clients may wait to be accepted: a rush of thousands must not see its connections refused. */
const BACKLOG = 4096;

/**
 * Serves what is made for a server.
 *
 * @returns the server, which accepts, and what lets go of what the app holds
 * @throws CommandError that says why it cannot listen there, and what to do about it
 */
export async function listen(
  create: Create,
  place: Place,
): Promise<{ server: Server; close: Service["close"] }> {
  const server = hookUpgrades(createServer());
  const { app, close } = create(server);
  server.on("request", app);
  await bind(server, place);
  turnAwayBeyondLimit(server);
  return { server, close };
}

/**
 * Makes sure that a server can listen, before there is one.
 *
 * @returns the port; where it was 0, one that is free
 * @throws CommandError as {@link listen}
 */
export async function findPort(place: Place): Promise<number> {
  const server = await bind(createTcpServer(), place);
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The port of a server that listens. */
export function portOf(server: TcpServer): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** The URL to open in a browser. */
export function urlOf({ port, host }: Place): string {
  const everywhere = !host || host === "0.0.0.0" || host === "::";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

async function bind<S extends TcpServer>(server: S, { port, host }: Place): Promise<S> {
  try {
    server.listen({ port, ...(host !== undefined && { host }), backlog: BACKLOG });
    await once(server, "listening");
    return server;
  } catch (error) {
    throw new CommandError(whyNot(error, port, host));
  }
}

function whyNot(error: unknown, port: number, host = ""): string {
  const code = systemErrorCode(error);
  if (code === "EADDRINUSE") return `Port ${port} is in use: end what uses it, or choose another with --port`;
  if (code === "EACCES") return `Port ${port} may not be used: choose one from 1024 with --port`;
  return `Cannot listen on port ${port}${host && ` of ${host}`} (${code ?? String(error)}): choose another address with --host`;
}

/**
 * With no file descriptor left a connection cannot be accepted: that is said once, and those that are open go on. Node is
 * told the limit, since at the system's own it turns clients away without a word (libuv's `uv__emfile_trick`).
 */
function turnAwayBeyondLimit(server: Server): void {
  const limit = openFileLimit();
  let told = false;
  function tell(): void {
    if (!told)
      console.error(`Out of file descriptors: the limit (ulimit -n) is ${limit}. Clients are turned away`);
    told = true;
  }
  server.maxConnections = Math.max(1, connectionLimit());
  // A worker would hand them on to the next one; where all are full they would go round for ever. Node 22.12 and later.
  Object.assign(server, { dropMaxConnection: true });
  server.on("drop", tell).on("error", (error) => {
    if (!/^E[MN]FILE$/.test(systemErrorCode(error) ?? "")) throw error;
    tell();
  });
}
