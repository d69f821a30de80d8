import { createServer } from "node:http";
import { expect } from "chai";
import { Router } from "express";
import { accept } from "../../middleware/accept.ts";
import { broadcast } from "../../middleware/broadcast.ts";
import type { Connection } from "../../middleware/connection.ts";
import { type Stats, stats, type ViewStats } from "../../middleware/stats.ts";
import { type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { BINARY, fragments, frame, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse, requestText } from "../support/raw-http.ts";
import type { TestServer } from "../support/server.ts";
import { SHORT } from "../support/timeouts.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

const NOTHING: Stats = {
  views: [],
  handshakes: {},
  aborted: 0,
  closes: {},
  paused: 0,
  slow: 0,
  closing: false,
};

describe("stats", () => {
  const network = useNetwork();

  function of({ server }: TestServer): Stats {
    return stats(server);
  }

  /** What is counted of the only view. */
  function onlyView(server: TestServer): ViewStats {
    const [view, ...others] = of(server).views;
    if (!view || others.length > 0) throw new Error(`There are ${others.length + (view ? 1 : 0)} views`);
    return view;
  }

  it("is nothing for a server that has done nothing", async () => {
    expect(of(await network.serve(quietApp()))).to.deep.equal(NOTHING);
  });

  it("refuses a server that was never hooked", () => {
    expect(() => stats(createServer())).to.throw(Error, "hookUpgrades(server)");
  });

  it("is a snapshot, which what comes later does not change", async () => {
    const server = await network.serveView((ws) => ws.closed);
    const before = of(server);
    await network.shake(server.port);
    await untilTrue(() => of(server).views.length === 1);
    expect(before).to.deep.equal(NOTHING);
  });

  describe("of connections", () => {
    it("counts the open ones of each view, by the pattern of its route", async () => {
      const app = quietApp();
      const rooms = Router().get(
        "/:room/ws",
        websocket((ws) => ws.closed),
      );
      app.use("/chat", rooms);
      app.get(
        "/echo",
        websocket((ws) => ws.closed),
      );
      const server = await network.serve(app);
      for (const path of ["/chat/tea/ws", "/chat/milk/ws", "/echo"]) await network.shake(server.port, path);
      await untilTrue(() => of(server).views.length === 2);
      expect(countsOf(server)).to.deep.equal({ "/chat/:room/ws": 2, "/echo": 1 });
    });

    it("counts none that has gone, however it went, and keeps its view", async () => {
      const all: Connection[] = [];
      const server = await network.serveView((ws) => {
        all.push(ws);
        return ws.closed;
      });
      const peers = [];
      while (peers.length < 3) peers.push(await network.open(server.wsUrl));
      await untilTrue(() => all.length === 3);
      expect(countsOf(server)).to.deep.equal({ "/": 3 });
      peers[0]?.ws.terminate();
      peers[1]?.ws.close(4000);
      await all[2]?.close();
      await untilTrue(() => countsOf(server)["/"] === 0);
      expect(of(server).closes).to.deep.equal({ 1000: 1, 1006: 1, 4000: 1 });
      expect(of(server).handshakes).to.deep.equal({ 101: 3 });
    });

    it("has counted all of them as closed when shutdown() resolves", async () => {
      const server = await network.serveView((ws) => ws.closed);
      for (let i = 0; i < 10; i++) await network.open(server.wsUrl);
      await server.close();
      expect(of(server)).to.deep.include({ closing: true, closes: { 1001: 10 } });
      expect(countsOf(server)).to.deep.equal({ "/": 0 });
    });

    it("calls a view as its options do", async () => {
      const server = await network.serveView((ws) => ws.closed, { view: "feed" });
      await network.shake(server.port);
      await untilTrue(() => of(server).views.length === 1);
      expect(onlyView(server).view).to.equal("feed");
    });

    it("counts those of accept(), too, and calls a view without a route unnamed", async () => {
      const server = await network.serve(async (req, res) => {
        await accept(req, res);
      });
      await network.shake(server.port);
      await untilTrue(() => of(server).views.length === 1);
      expect(onlyView(server)).to.include({ view: "(unnamed)", connections: 1 });
    });

    it("counts no more than a thousand views apart, and the rest as one", async () => {
      const app = quietApp();
      app.use(
        "/:name",
        Router().get(
          "/",
          websocket((ws) => ws.close()),
        ),
      );
      const server = await network.serve(app);
      for (let i = 0; i < 1_010; i++) await (await network.open(`${server.wsUrl}/${i}/`)).ws.close();
      await untilTrue(() => of(server).closes[1000] === 1_010);
      const { views } = of(server);
      expect(views).to.have.length(1_001);
      expect(views.at(-1)?.view).to.equal("(others)");
    });

    function countsOf(server: TestServer): Record<string, number> {
      return Object.fromEntries(of(server).views.map(({ view, connections }) => [view, connections]));
    }
  });

  describe("of handshakes", () => {
    it("counts those that were answered by their status, and plain requests not at all", async () => {
      const app = quietApp();
      app.get(
        "/",
        websocket((ws) => ws.closed),
      );
      app.get("/private", (_req, res) => void res.sendStatus(401));
      const server = await network.serve(app);
      const requests = [
        handshakeText("/"),
        handshakeText("/private"),
        handshakeText("/nowhere"),
        handshakeText("/", { "Sec-WebSocket-Version": "12" }),
        requestText("/private"),
      ];
      for (const text of requests) {
        const raw = await network.dial(server.port);
        raw.write(text);
        await readResponse(raw);
      }
      expect(of(server).handshakes).to.deep.equal({ 101: 1, 401: 1, 404: 1, 426: 1 });
      expect(of(server).aborted).to.equal(0);
    });

    it("counts one that took too long once", async () => {
      const app = quietApp().get("/", () => {});
      const server = await network.serve(app, { handshakeTimeout: SHORT });
      const raw = await network.dial(server.port);
      raw.write(handshakeText("/"));
      expect((await readResponse(raw)).status).to.equal(503);
      expect(of(server)).to.deep.include({ handshakes: { 503: 1 }, aborted: 0 });
    });

    it("counts one whose client went just as the 101 left apart, too", async () => {
      const app = quietApp();
      app.get(
        "/",
        (req, res, next) => {
          res.prependListener("finish", () => req.socket.destroy());
          next();
        },
        websocket((ws) => ws.closed),
      );
      const server = await network.serve(app);
      const raw = await network.dial(server.port);
      raw.write(handshakeText("/"));
      await untilTrue(() => of(server).aborted === 1);
      expect(of(server)).to.deep.equal({ ...NOTHING, aborted: 1 });
    });

    it("counts one whose client went before the answer apart", async () => {
      const arrived = deferred<void>();
      const app = quietApp().get("/", ({ socket }) => {
        arrived.resolve();
        // Node reads nothing now; what tells it of the reset is the next read.
        socket.resume();
      });
      const server = await network.serve(app);
      const raw = await network.dial(server.port);
      raw.write(handshakeText("/"));
      await arrived.promise;
      raw.reset();
      await untilTrue(() => of(server).aborted === 1);
      expect(of(server)).to.deep.equal({ ...NOTHING, aborted: 1 });
    });
  });

  describe("of messages", () => {
    it("counts those that came in, text, binary and in fragments, with the bytes of their payload", async () => {
      const server = await network.serveView((ws) => ws.closed);
      const raw = await network.shake(server.port);
      raw.write(frame(TEXT, "Café"));
      raw.write(frame(BINARY, Uint8Array.of(1, 2, 3)));
      raw.write(Buffer.concat(fragments(TEXT, "abc", 2)));
      await untilTrue(() => onlyView(server).received.messages === 3);
      expect(onlyView(server)).to.deep.include({
        received: { messages: 3, bytes: 5 + 3 + 3 },
        sent: { messages: 0, bytes: 0 },
      });
    });

    it("counts compressed ones by what they are without", async () => {
      const text = "spam ".repeat(100);
      const server = await network.serveView(
        async (ws) => {
          for await (const message of ws) await ws.send(message);
        },
        { compression: true },
      );
      const peer = await network.open(server.wsUrl, { perMessageDeflate: { threshold: 0 } });
      expect(peer.ws.extensions).to.match(/^permessage-deflate/);
      peer.ws.send(text);
      await peer.next();
      const traffic = { messages: 1, bytes: text.length };
      expect(onlyView(server)).to.deep.include({ received: traffic, sent: traffic });
    });

    it("counts those that are sent, by send(), broadcast() and raw, once for each connection", async () => {
      const all = await crowd(3);
      const [one] = all.connections;
      void one?.send("Café");
      broadcast(all.connections, ["ab", Uint8Array.of(1, 2, 3)]);
      one?.raw.send("abcd");
      expect(onlyView(all.server).sent).to.deep.equal({ messages: 1 + 6 + 1, bytes: 5 + 15 + 4 });
    });

    it("counts none that is sent to a connection that has closed", async () => {
      const { connections, server } = await crowd(1);
      await connections[0]?.close();
      connections[0]?.send("late").catch(() => {});
      broadcast(connections, "late");
      expect(onlyView(server).sent.messages).to.equal(0);
    });

    it("goes on counting where a summary of the connection is asked for, too", async () => {
      const summaries: unknown[] = [];
      const { connections, server } = await crowd(1, { onClose: ({ sent }) => summaries.push(sent) });
      await connections[0]?.send("spam");
      await connections[0]?.close();
      await untilTrue(() => summaries.length === 1);
      const sent = { messages: 1, bytes: 4 };
      expect({ summaries, sent: onlyView(server).sent }).to.deep.equal({ summaries: [sent], sent });
    });
  });

  it("counts connections that are not read from, and those whose peer does not read", async () => {
    const { connections, server, peers } = await crowd(1, {
      recvHighWaterMark: 2,
      sendHighWaterMark: 1_000,
    });
    const [[one], [peer]] = [connections, peers];
    for (let i = 0; i < 10; i++) peer?.ws.send("spam");
    await untilTrue(() => of(server).paused === 1);
    peer?.ws.pause();
    const wait: Promise<void>[] = [];
    while (of(server).slow === 0) wait.push(one?.send("x".repeat(100_000)) ?? Promise.resolve());
    expect(of(server)).to.include({ paused: 1, slow: 1 });
    peer?.ws.resume();
    for (let i = 0; i < 10; i++) await one?.recv();
    await Promise.all(wait);
    await untilTrue(() => of(server).paused === 0 && of(server).slow === 0);
  });

  /** A server of one view, and some connections of it. */
  async function crowd(count: number, options?: ViewOptions) {
    const connections: Connection[] = [];
    const server = await network.serveView((ws) => {
      connections.push(ws);
      return ws.closed;
    }, options);
    const peers = [];
    while (peers.length < count) peers.push(await network.open(server.wsUrl));
    await untilTrue(() => connections.length === count);
    return { connections, server, peers };
  }
});
