import { expect } from "chai";
import { Heartbeat } from "../../../commands/gameoflife/heartbeat.ts";
import { connect } from "../../../middleware/connect.ts";
import type { Connection } from "../../../middleware/connection.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";
import { useTcpProxy } from "../../support/use-tcp-proxy.ts";

/** How often a test looks, in milliseconds. */
const INTERVAL = 25;

describe("Heartbeat", () => {
  const network = useNetwork();
  const startProxy = useTcpProxy();
  let pings: number;

  beforeEach(() => {
    pings = 0;
  });

  /** A connection through a proxy that can stall, to a server that counts pings. */
  async function open() {
    const { wsUrl } = await network.serveView((ws) => {
      ws.raw.on("ping", () => {
        pings += 1;
      });
      return ws.closed;
    });
    const proxy = await startProxy(Number(new URL(wsUrl).port));
    const ws: Connection = await connect(`ws://127.0.0.1:${proxy.port}/`);
    return { ws, proxy };
  }

  it("lets a connection be that makes no progress, and answers", async () => {
    const { ws } = await open();
    const heartbeat = new Heartbeat(INTERVAL);
    heartbeat.watch(ws, () => 0);
    await untilTrue(() => pings >= 3);
    expect(ws.signal.aborted).to.equal(false);
    heartbeat.leave(ws);
    await ws.close();
  });

  it("does not ask one that makes progress", async () => {
    const { ws } = await open();
    const heartbeat = new Heartbeat(INTERVAL);
    let looks = 0;
    heartbeat.watch(ws, () => looks++);
    await untilTrue(() => looks > 4);
    expect(pings).to.equal(0);
    heartbeat.leave(ws);
    await ws.close();
  });

  it("ends one that stalls without a word", async () => {
    const { ws, proxy } = await open();
    const heartbeat = new Heartbeat(INTERVAL);
    heartbeat.watch(ws, () => 0);
    proxy.stall();
    expect((await ws.closed).code).to.equal(1006);
    heartbeat.leave(ws);
  });
});
