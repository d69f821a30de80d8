import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { expect } from "chai";
import express from "express";
import { WebSocketServer } from "ws";
import { hookUpgrades } from "../../middleware/hook-upgrades.ts";
import { shutdown } from "../../middleware/shutdown.ts";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, readResponse, requestText } from "../support/raw-http.ts";
import { selfSigned } from "../support/self-signed.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("hookUpgrades", () => {
  const network = useNetwork();

  function echo(): RequestListener {
    const app = quietApp();
    app.get(
      "/",
      websocket(async (ws) => {
        for await (const message of ws) await ws.send(message);
      }),
    );
    return app;
  }

  it("gives the server back, before it listens or after", async () => {
    const server = createServer();
    expect(hookUpgrades(server)).to.equal(server);
    const listening = express().listen(0);
    await network.listen(listening);
    expect(hookUpgrades(listening)).to.equal(listening);
  });

  it("throws an Error that names it when it is called twice on a server", () => {
    const server = hookUpgrades(createServer());
    expect(() => hookUpgrades(server)).to.throw(Error, "hookUpgrades()");
    expect(server.listenerCount("upgrade")).to.equal(1);
  });

  it("throws a TypeError that says what it takes for what is no server", () => {
    for (const wrong of [undefined, null, "server", 8000, {}, express(), process]) {
      expect(() => Reflect.apply(hookUpgrades, null, [wrong])).to.throw(TypeError, "app.listen()");
    }
  });

  it("throws a TypeError for options that make no sense", () => {
    for (const options of [{ claim: true }, { claim: null }]) {
      expect(() => Reflect.apply(hookUpgrades, null, [createServer(), options])).to.throw(
        TypeError,
        '"claim"',
      );
    }
  });

  it("hooks an https server", async () => {
    const identity = selfSigned();
    const server = hookUpgrades(createTlsServer(identity, echo()));
    const client = await network.open(`wss://localhost:${await network.listen(server)}`, {
      ca: identity.cert,
    });
    client.ws.send("secret");
    expect(await client.next()).to.equal("secret");
    client.ws.close();
    await client.closed;
    await shutdown(server);
  });

  it("hooks a server on a Unix socket", async () => {
    const path = join(tmpdir(), `c10k-${process.pid}.sock`);
    const server = hookUpgrades(createServer(echo())).listen(path);
    await network.listen(server);
    const client = await network.open(`ws+unix://${path}:/`);
    client.ws.send("local");
    expect(await client.next()).to.equal("local");
    client.ws.close();
    await client.closed;
    await shutdown(server);
  });

  it("answers 404 on a server without a request listener", async () => {
    const server = hookUpgrades(createServer());
    const raw = await network.dial(await network.listen(server));
    raw.write(handshakeText());
    expect((await readResponse(raw)).status).to.equal(404);
    raw.socket.end();
    await raw.readToEnd();
    await shutdown(server);
  });

  it("serves a request listener that is added later, or replaced", async () => {
    const server = hookUpgrades(createServer());
    const port = await network.listen(server);
    server.on("request", (_req, res) => res.writeHead(204).end());
    const raw = await network.dial(port);
    raw.write(handshakeText());
    expect((await readResponse(raw)).status).to.equal(204);
    raw.socket.end();
    await shutdown(server);
  });

  describe("claim", () => {
    /** A server on which `/hmr` belongs to a WebSocketServer of ws, and the rest to us. */
    async function shared(): Promise<{ server: Server; port: number; end: () => Promise<void> }> {
      const other = new WebSocketServer({ noServer: true });
      const server = createServer(echo());
      server.on("upgrade", (req, socket, head) => {
        if (req.url === "/hmr") other.handleUpgrade(req, socket, head, (ws) => ws.send("other"));
      });
      hookUpgrades(server, { claim: (req) => req.url === "/" });
      const end = async (): Promise<void> => {
        for (const ws of other.clients) ws.terminate();
        await shutdown(server);
      };
      return { server, port: await network.listen(server), end };
    }

    it("leaves the upgrades of another owner alone", async () => {
      const { port, end } = await shared();
      const [ours, theirs] = [
        await network.open(`ws://localhost:${port}/`),
        await network.open(`ws://localhost:${port}/hmr`),
      ];
      ours.ws.send("ours");
      expect([await ours.next(), await theirs.next()]).to.deep.equal(["ours", "other"]);
      await end();
    });

    it("leaves the upgrade of another owner alone that is for another protocol", async () => {
      const { server, port, end } = await shared();
      server.on("upgrade", (req, socket) => {
        if (req.url === "/chargen") socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\nabc");
      });
      const raw = await network.dial(port);
      raw.write(requestText("/chargen", { Upgrade: "chargen", Connection: "Upgrade" }));
      expect((await raw.readToEnd()).toString()).to.match(/^HTTP\/1.1 101 .*\r\n\r\nabc$/s);
      raw.socket.destroy();
      await end();
    });

    it("survives a reset of what the other owner leaves unanswered", async () => {
      const { server, port, end } = await shared();
      const left = deferred<Duplex>();
      server.on("upgrade", (_req, socket) => left.resolve(socket));
      const raw = await network.dial(port);
      raw.write(handshakeText("/nobody"));
      const socket = await left.promise;
      raw.reset();
      await untilTrue(() => socket.destroyed);
      await end();
    });

    it("lets a request that nobody claims be served as plain HTTP", async () => {
      const { port } = await network.serve(echo(), { claim: () => false });
      const raw = await network.dial(port);
      raw.write(handshakeText());
      expect((await readResponse(raw)).status).to.equal(426);
      raw.write(requestText("/second"));
      expect((await readResponse(raw)).status).to.equal(404);
    });

    it("claims nothing where it throws: console.error is told, and the app answers", async () => {
      const { error } = console;
      const told: string[] = [];
      console.error = (...line) => told.push(line.map(String).join(" "));
      try {
        const app = quietApp().use(websocket((ws) => ws.closed));
        const { port } = await network.serve(app, {
          claim: ({ url = "" }) => new URL(url, "http://localhost").pathname === "/",
        });
        const raw = await network.dial(port);
        raw.write(handshakeText("//"));
        expect((await readResponse(raw)).status).to.equal(426);
        expect([...new Set(told)]).to.deep.equal(["GET //: claim failed: TypeError: Invalid URL"]);
      } finally {
        console.error = error;
      }
    });

    it("is given the request", async () => {
      const seen: unknown[] = [];
      const { wsUrl } = await network.serve(echo(), {
        claim(req) {
          seen.push(req.headers["x-test"]);
          return true;
        },
      });
      await network.open(wsUrl, { headers: { "X-Test": "1" } });
      expect(new Set(seen)).to.deep.equal(new Set(["1"]));
    });
  });

  it("lets two hooked servers share an app", async () => {
    const app = echo();
    for (const { wsUrl } of [await network.serve(app), await network.serve(app)]) {
      const client = await network.open(wsUrl);
      client.ws.send("both");
      expect(await client.next()).to.equal("both");
    }
  });
});
