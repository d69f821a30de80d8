import { expect } from "chai";
import { keepWatch } from "../../../commands/chat/keep-watch.ts";
import { connect } from "../../../middleware/connect.ts";
import { SHORT } from "../../support/timeouts.ts";
import { until } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("keepWatch", () => {
  const network = useNetwork();

  it("cuts a connection whose server does not answer a ping", async () => {
    const { wsUrl, server } = await network.serveView((ws) => ws.closed);
    server.on("connection", (socket) => socket.once("data", () => setImmediate(() => socket.pause())));
    const ws = await connect(wsUrl);
    const stop = keepWatch(ws, SHORT);
    expect((await ws.closed).code).to.equal(1006);
    stop();
  });

  it("leaves one alone whose server does", async () => {
    const { wsUrl } = await network.serveView((ws) => ws.closed);
    const ws = await network.connect(wsUrl);
    const stop = keepWatch(ws, 10 * SHORT);
    for (let pongs = 0; pongs < 2; pongs++) await until(ws.raw, "pong");
    stop();
    expect(ws.signal.aborted).to.equal(false);
  });
});
