import { createServer } from "node:http";
import { expect } from "chai";
import { WebSocketServer } from "ws";
import type { Connection } from "../../middleware/connection.ts";
import { hookOf } from "../../middleware/hook.ts";
import { hookUpgrades } from "../../middleware/hook-upgrades.ts";
import { shutdown } from "../../middleware/shutdown.ts";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { createGate } from "../support/gate.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, readClose } from "../support/raw-frames.ts";
import { handshakeText, readResponse, requestText } from "../support/raw-http.ts";
import { rejection } from "../support/rejection.ts";
import { LONG, SHORT } from "../support/timeouts.ts";
import { until, untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("shutdown", () => {
  const network = useNetwork();

  /** Notes whether a promise is settled. */
  function watch(promise: Promise<unknown>): { isOver: boolean } {
    const watched = { isOver: false };
    promise.finally(() => {
      watched.isOver = true;
    });
    return watched;
  }

  it("closes every connection with 1001, and resolves when they are gone", async () => {
    const { wsUrl, server } = await network.serveView(async (ws) => {
      for await (const message of ws) ws.send(message);
    });
    const clients = await Promise.all(Array.from({ length: 20 }, () => network.open(wsUrl)));
    await shutdown(server, { timeout: LONG });
    for (const client of clients) expect((await client.closed).code).to.equal(1001);
    expect(server.listening).to.equal(false);
  });

  it("aborts the signal of handlers, and waits until they have returned", async () => {
    const [signalled, released] = [deferred<Connection>(), deferred()];
    const { port, server } = await network.serveView(async (ws) => {
      await until(ws.signal, "abort");
      signalled.resolve(ws);
      await released.promise;
    });
    const raw = await network.shake(port);
    const closing = shutdown(server, { timeout: LONG });
    const watched = watch(closing);
    const ws = await signalled.promise;
    expect(ws.signal.reason).to.include({ closeCode: 1001 });
    raw.write(closeFrame(1001));
    await ws.closed;
    await untilTrue(() => !server.listening && raw.end === "fin");
    expect(watched.isOver).to.equal(false);
    released.resolve();
    await closing;
  });

  it("answers upgrades that are under way with 503 and Retry-After", async () => {
    const gate = createGate();
    const app = quietApp().get("/", gate.pass);
    const { port, server } = await network.serve(
      app.get(
        "/",
        websocket(() => {}),
      ),
    );
    const raw = await network.dial(port);
    raw.write(handshakeText());
    await gate.arrived;
    const closing = shutdown(server, { timeout: LONG });
    gate.open();
    const { status, headers } = await readResponse(raw);
    expect([status, headers["retry-after"]]).to.deep.equal([503, "1"]);
    await closing;
  });

  it("closes a connection whose 101 was under way with 1001", async () => {
    const [ending, released] = [deferred(), deferred()];
    const app = quietApp().get("/", (_req, res, next) => {
      const { end } = res;
      res.end = function patched(this: typeof res, ...args: unknown[]) {
        ending.resolve();
        released.promise.then(() => Reflect.apply(end, this, args));
        return this;
      };
      next();
    });
    const { wsUrl, server } = await network.serve(
      app.get(
        "/",
        websocket((ws) => ws.closed),
      ),
    );
    const opening = network.open(wsUrl);
    await ending.promise;
    const closing = shutdown(server, { timeout: LONG });
    released.resolve();
    expect((await (await opening).closed).code).to.equal(1001);
    await closing;
  });

  it("lets HTTP requests in flight finish, and accepts no new ones", async () => {
    const [arrived, released] = [deferred(), deferred()];
    const app = quietApp().get("/slow", async (_req, res) => {
      arrived.resolve();
      await released.promise;
      res.send("done");
    });
    const { port, server } = await network.serve(app);
    const raw = await network.dial(port);
    raw.write(requestText("/slow"));
    await arrived.promise;
    const closing = shutdown(server, { timeout: LONG });
    expect(await rejection(network.dial(port))).to.include({ code: "ECONNREFUSED" });
    released.resolve();
    expect((await readResponse(raw)).body).to.equal("done");
    await closing;
  });

  it("closes connections that a client keeps for further requests, also those that become idle", async () => {
    const [arrived, released] = [deferred(), deferred()];
    const app = quietApp().get("/", async (req, res) => {
      if (req.query.slow) {
        arrived.resolve();
        await released.promise;
      }
      res.send("done");
    });
    const { port, server } = await network.serve(app);
    server.keepAliveTimeout = LONG;
    const [idle, busy] = [await network.dial(port), await network.dial(port)];
    idle.write(requestText("/"));
    await readResponse(idle);
    busy.write(requestText("/?slow=1"));
    await arrived.promise;
    const closing = shutdown(server, { timeout: LONG });
    released.resolve();
    await closing;
    expect((await idle.readToEnd()).length).to.equal(0);
  });

  describe("at the deadline", () => {
    it("cuts a peer that never answers the close", async () => {
      const { ws, peer, server } = await network.rawPair();
      await shutdown(server.server, { timeout: SHORT });
      expect((await readClose(peer)).code).to.equal(1001);
      expect((await ws.closed).code).to.equal(1006);
    });

    it("resolves although a handler never returns", async () => {
      const { wsUrl, server } = await network.serveView(() => new Promise(() => {}));
      const client = await network.open(wsUrl);
      await shutdown(server, { timeout: SHORT });
      expect((await client.closed).code).to.equal(1001);
    });

    it("cuts a request that never ends", async () => {
      const arrived = deferred();
      const { port, server } = await network.serve(() => arrived.resolve());
      const raw = await network.dial(port);
      raw.write(requestText("/"));
      await arrived.promise;
      await shutdown(server, { timeout: SHORT });
      await raw.readToEnd();
    });

    it("cuts an upgrade that is never answered, and one that waits behind another request", async () => {
      const arrived = deferred();
      const { port, server } = await network.serve(() => arrived.resolve());
      const [raw, pipelined] = [await network.dial(port), await network.dial(port)];
      pipelined.write(requestText("/"), handshakeText());
      raw.write(handshakeText());
      await arrived.promise;
      await untilTrue(() => hookOf(server)?.upgrading.size === 2);
      await shutdown(server, { timeout: SHORT });
      await Promise.all([raw.readToEnd(), pipelined.readToEnd()]);
    });

    it("cuts a client that was refused and does not hang up", async () => {
      const { port, server } = await network.serve(quietApp());
      const raw = await network.dial({ port, host: "127.0.0.1", allowHalfOpen: true });
      raw.write(handshakeText());
      expect((await readResponse(raw)).status).to.equal(404);
      await shutdown(server, { timeout: 1 });
      // The grace that such a client is given otherwise is longer.
      expect([...(hookOf(server)?.upgrading ?? [])].every((socket) => socket.destroyed)).to.equal(true);
    });

    it("resolves although another owner's connection is still open", async () => {
      const other = new WebSocketServer({ noServer: true });
      const server = createServer().on("upgrade", (req, socket, head) => {
        other.handleUpgrade(req, socket, head, () => {});
      });
      const port = await network.listen(hookUpgrades(server, { claim: () => false }));
      const client = await network.open(`ws://localhost:${port}`);
      await shutdown(server, { timeout: SHORT });
      expect(client.ws.readyState).to.equal(client.ws.OPEN);
    });
  });

  it("rejects for a server that was never hooked, naming what to call", async () => {
    expect(String(await rejection(shutdown(createServer())))).to.contain("hookUpgrades");
  });

  it("resolves at once on a server that never listened, and a second time", async () => {
    const server = hookUpgrades(createServer());
    await shutdown(server, { timeout: LONG });
    await shutdown(server, { timeout: LONG });
  });

  it("waits for ever with a timeout of Infinity, and rejects one that is none before it closes anything", async () => {
    const { wsUrl, server } = await network.serveView((ws) => ws.closed);
    const client = await network.open(wsUrl);
    for (const timeout of [-1, Number.NaN]) {
      expect(await rejection(shutdown(server, { timeout }))).to.be.an.instanceOf(TypeError);
    }
    expect(client.ws.readyState).to.equal(client.ws.OPEN);
    await shutdown(server, { timeout: Number.POSITIVE_INFINITY });
    expect((await client.closed).code).to.equal(1001);
  });

  it("may be called twice at once", async () => {
    const { wsUrl, server } = await network.serveView((ws) => ws.closed);
    const client = await network.open(wsUrl);
    await Promise.all([shutdown(server, { timeout: LONG }), shutdown(server, { timeout: LONG })]);
    expect((await client.closed).code).to.equal(1001);
  });
});
