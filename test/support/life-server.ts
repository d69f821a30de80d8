import express from "express";
import { CELLS_PROTOCOL } from "../../handlers/life/cells-protocol.ts";
import { Life } from "../../handlers/life/life.ts";
import { reset } from "../../handlers/life/reset.ts";
import { STEPS_PROTOCOL } from "../../handlers/life/steps-protocol.ts";
import { watcher } from "../../handlers/life/watcher.ts";
import { worker } from "../../handlers/life/worker.ts";
import { ownServices } from "../../handlers/services.ts";
import { type Connection, websocket } from "../../middleware/index.ts";
import type { TestServer } from "./server.ts";
import type { Network } from "./use-network.ts";

/** A server of the Game of Life whose state a test can look at. */
export interface LifeServer extends TestServer {
  readonly life: Life;
  /** The notices, in order. */
  readonly notices: string[];
  /** The connections that were opened, in order. */
  readonly connections: WeakRef<Connection>[];
}

/** What the server keeps of an update, for watchers in lines. */
const BYTES_AN_UPDATE = 16;

/**
 * Starts a server of the Game of Life at the URLs of the app.
 *
 * @param maxBufferedAmount what may wait for a watcher that does not read, in bytes
 */
export async function serveLife(network: Network, maxBufferedAmount?: number): Promise<LifeServer> {
  const notices: string[] = [];
  const connections: WeakRef<Connection>[] = [];
  const life = new Life({
    shared: ownServices(),
    group: "life/a game",
    log: (line) => notices.push(line),
    maxBehind: maxBufferedAmount && maxBufferedAmount / BYTES_AN_UPDATE,
  });
  const view = (handler: (ws: Connection, life: Life) => Promise<void>) => (ws: Connection) => {
    connections.push(new WeakRef(ws));
    return handler(ws, life);
  };
  const app = express()
    .get("/reset/", websocket(view(reset), { protocols: [STEPS_PROTOCOL] }))
    .get("/worker/", websocket(view(worker), { protocols: [STEPS_PROTOCOL] }))
    .get(
      "/watcher/",
      websocket(view(watcher), {
        protocols: [CELLS_PROTOCOL],
        ...(maxBufferedAmount !== undefined && { maxBufferedAmount }),
      }),
    );
  return { ...(await network.serve(app)), life, notices, connections };
}
