import { once } from "node:events";
import { expect } from "chai";
import type { Response } from "express";
import { type Arrivals, arrivals } from "../../../commands/serve/arrivals.ts";
import { websocket } from "../../../middleware/index.ts";
import { deferred } from "../../support/deferred.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { handshakeText, readResponse, requestText } from "../../support/raw-http.ts";
import { LONG, SHORT } from "../../support/timeouts.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("arrivals", () => {
  const network = useNetwork();

  it("have settled where nobody has come", async () => {
    const { server } = await network.serve(quietApp());
    await arrivals(server).settled(LONG);
  });

  it("wait for a request that has not come yet, and for the answer to it", async () => {
    const { arriving, raw, asked } = await arrive();
    const settled = watch(arriving);
    raw.write(requestText("/slow"));
    const res = await asked;
    expect(settled.done).to.equal(false);
    res.send("Spam");
    await settled.promise;
    expect((await readResponse(raw)).status).to.equal(200);
  });

  it("wait for a handshake, and not for the WebSocket that it opens", async () => {
    const { arriving, raw } = await arrive();
    const settled = watch(arriving);
    raw.write(handshakeText("/ws"));
    await settled.promise;
    expect((await readResponse(raw)).status).to.equal(101);
  });

  it("do not wait for a client that leaves", async () => {
    const { arriving, raw } = await arrive();
    const settled = watch(arriving);
    raw.reset();
    await settled.promise;
  });

  it("do not wait for longer than they are told", async () => {
    const { arriving } = await arrive();
    await arriving.settled(SHORT);
  });

  /** Starts a server, and connects a client that has not sent anything yet. */
  async function arrive() {
    const asked = deferred<Response>();
    const app = quietApp()
      .get("/slow", (_req, res) => asked.resolve(res))
      .get(
        "/ws",
        websocket((ws) => ws.closed),
      );
    const { server, port } = await network.serve(app);
    const arriving = arrivals(server);
    const arrival = once(server, "connection");
    const raw = await network.dial(port);
    await arrival;
    return { arriving, raw, asked: asked.promise };
  }
});

/** Waits for all to be settled, and tells whether they are. */
function watch(arriving: Arrivals) {
  const settled = { done: false, promise: arriving.settled(LONG) };
  void settled.promise.then(() => {
    settled.done = true;
  });
  return settled;
}
