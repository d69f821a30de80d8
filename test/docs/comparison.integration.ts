import { createServer, type Server } from "node:http";
import { expect } from "chai";
import express from "express";
import expressWs from "express-ws";
import { WebSocketExpress } from "websocket-express";
import { type Child, numberIn, startChild } from "../../commands/bench/child.ts";
import { DIALECTS } from "../../commands/bench/load/dialect.ts";
import { findPeer, OURS, PEERS } from "../../commands/bench/peers.ts";
import { portOf } from "../../commands/bench/servers/host.ts";
import { openBare } from "../support/bare-client.ts";
import { deferred } from "../support/deferred.ts";
import { until } from "../support/until.ts";

/** What the README says of other libraries and one might not expect: seen with one's own eyes. */
describe("other libraries", () => {
  let child: Child | undefined;
  let server: Server | undefined;

  const { error } = console;

  afterEach(async () => {
    console.error = error;
    await child?.end();
    child = undefined;
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function listen(listening: Server): Promise<string> {
    server = listening.listen(0);
    await until(server, "listening");
    return `ws://localhost:${portOf(server)}`;
  }

  for (const peer of PEERS.filter(({ name }) => name !== OURS)) {
    it(`let in a page of another origin: ${peer.name}`, async function () {
      const found = findPeer(peer);
      if (!found) return this.skip();
      child = startChild(peer.name, found.command);
      const port = numberIn(await child.answer(), "port");
      const url = `ws://127.0.0.1:${port}${DIALECTS[peer.dialect ?? "plain"].path("echo")}`;
      const client = await openBare(url, { origin: "https://foreign.example" });
      client.ws.terminate();
    });
  }

  it("answer 101 before middleware refuses: express-ws", async () => {
    const plain = express();
    const listening = createServer(plain);
    const { app } = expressWs(plain, listening);
    app.use((_req, res) => res.status(401).end());
    app.ws("/", (ws) => ws.send("Hello!"));
    const client = await openBare(await listen(listening));
    expect((await client.closed).code).to.equal(1005);
  });

  it("leave a connection open whose handler has thrown: websocket-express", async () => {
    const app = new WebSocketExpress();
    const logged = deferred<unknown>();
    app.ws("/", async (_req, res) => {
      await res.accept();
      throw new Error("Oops");
    });
    console.error = (...parts) => logged.resolve(parts[1]);
    const client = await openBare(await listen(app.createServer()));
    expect(await logged.promise).to.have.property("message", "Oops");
    client.ws.ping();
    await until(client.ws, "pong");
  });

  it("lose what comes between two calls of nextMessage(): websocket-express", async () => {
    const app = new WebSocketExpress();
    const heard: string[] = [];
    app.ws("/", async (_req, res) => {
      const ws = await res.accept();
      const both = deferred();
      ws.on("message", (data) => String(data) === "2" && both.resolve());
      const first = ws.nextMessage();
      ws.send("Go on");
      heard.push(String((await first).data));
      await both.promise;
      const next = ws.nextMessage();
      ws.send("Go on");
      heard.push(String((await next).data));
      ws.close();
    });
    const client = await openBare(await listen(app.createServer()));
    await client.next();
    for (const text of ["1", "2"]) client.ws.send(text);
    await client.next();
    client.ws.send("3");
    await client.closed;
    expect(heard).to.deep.equal(["1", "3"]);
  });
});
