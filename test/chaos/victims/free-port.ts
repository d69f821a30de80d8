import { createServer } from "node:net";
import { firstLocalPort } from "../../../commands/port-limit.ts";
import { until } from "../../support/until.ts";

const HOST = "127.0.0.1";

/** Below are the ports of services. */
const FIRST_PORT = 10_000;

/**
 * A port that is free, and that no client gets for its own end: while there is no server, one that connects to its own port
 * would find itself, and keep the server from it.
 */
export async function freePort(): Promise<number> {
  const span = Math.max(0, firstLocalPort() - FIRST_PORT);
  for (let tries = 0; span > 0 && tries < 100; tries++) {
    const port = await bind(FIRST_PORT + Math.floor(Math.random() * span));
    if (port !== undefined) return port;
  }
  return (await bind(0)) ?? 0;
}

/** Gives the port that was bound, and let go of again; undefined if it is in use. */
async function bind(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    await until(server.listen(port, HOST), "listening");
    const address = server.address();
    return typeof address === "object" ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
