import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { hookOf } from "../../middleware/hook.ts";
import { ConcurrencyError, hookUpgrades, shutdown, websocket } from "../../middleware/index.ts";
import { type Connection, connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { rejection } from "../support/rejection.ts";
import { runScript } from "../support/run-script.ts";
import { selfSigned } from "../support/self-signed.ts";
import { SHORT } from "../support/timeouts.ts";
import { until, untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

/** Greets whoever comes by the path, echoes until they leave, and refuses `/private`. */
function greeter() {
  const app = quietApp();
  app.get("/private", (_req, res) => {
    res.set("WWW-Authenticate", "Basic").status(401).json({ error: "Who are you?" });
  });
  app.get(
    "/once",
    websocket((ws) => ws.send("Once")),
  );
  app.get(
    "/:name",
    websocket(
      async (ws, req) => {
        await ws.send(`Hello ${req.params.name} ${req.get("x-title")} ${req.query.q} ${ws.protocol}`);
        for await (const message of ws) await ws.send(message);
      },
      { protocols: ["a", "b"] },
    ),
  );
  return app;
}

/** The port of the server at a connection's other end. */
function portOf(ws: Connection): string {
  return new URL(ws.raw.url).port;
}

async function expectNoServer(port: string): Promise<void> {
  const error = await rejection(fetch(`http://127.0.0.1:${port}/`));
  expect(error).to.be.instanceOf(TypeError);
}

describe("connect of testing", () => {
  const network = useNetwork();

  describe("to an app", () => {
    it("gives a connection to the view, which receives, sends and closes", async () => {
      const ws = await connect(greeter(), "/bob?q=1", { headers: { "x-title": "Sir" }, protocols: ["b"] });
      expect(await ws.recv()).to.equal("Hello bob Sir 1 b");
      await ws.send("Spam");
      await ws.send(Buffer.from("Eggs"));
      expect(await ws.recv()).to.equal("Spam");
      expect(await ws.recv()).to.deep.equal(Buffer.from("Eggs"));
      await ws.close();
      expect(await ws.closed).to.deep.equal({ code: 1000, reason: "" });
    });

    it("is ready only once the 101 is in, whatever the app awaits before", async () => {
      const gate = deferred();
      const app = quietApp().get("/", async (_req, _res, next) => {
        await gate.promise;
        next();
      });
      app.get(
        "/",
        websocket((ws) => ws.send("Open")),
      );
      let isReady = false;
      const connecting = connect(app).then((ws) => {
        isReady = true;
        return ws;
      });
      await fetch((await network.serve(quietApp())).url);
      expect(isReady).to.equal(false);
      gate.resolve();
      expect(await (await connecting).recv()).to.equal("Open");
    });

    it("rejects with the HTTP response that came instead", async () => {
      const error = await rejection(connect(greeter(), "/private"));
      expect(error).to.be.instanceOf(UnexpectedResponse);
      if (!(error instanceof UnexpectedResponse)) return;
      expect(error.code).to.equal("ERR_UNEXPECTED_RESPONSE");
      expect(error.response.status).to.equal(401);
      expect(error.response.headers["www-authenticate"]).to.equal("Basic");
      expect(JSON.parse(error.response.text)).to.deep.equal({ error: "Who are you?" });
    });

    it("rejects with a redirect instead of following it", async () => {
      const app = quietApp().get("/", (_req, res) => res.redirect("/login"));
      const error = await rejection(connect(app));
      expect(error).to.have.nested.property("response.status", 302);
      expect(error).to.have.nested.property("response.headers.location", "/login");
    });

    it("rejects where the server agrees on none of the protocols", async () => {
      const error = await rejection(connect(greeter(), "/bob", { protocols: ["c"] }));
      expect(error).to.be.instanceOf(Error).and.not.instanceOf(UnexpectedResponse);
    });

    it("ends the server once the connection is closed by the client", async () => {
      const ws = await connect(greeter(), "/bob");
      const port = portOf(ws);
      await ws.close();
      await expectNoServer(port);
    });

    it("ends the server once the connection is closed by the view", async () => {
      const ws = await connect(greeter(), "/once");
      const port = portOf(ws);
      const messages: unknown[] = [];
      for await (const message of ws) messages.push(message);
      await ws.closed;
      expect(messages).to.deep.equal(["Once"]);
      await expectNoServer(port);
    });

    it("lets the handler see how its connection ended", async () => {
      const seen = deferred<unknown>();
      const app = quietApp().get(
        "/",
        websocket(async (ws) => seen.resolve(await ws.closed)),
      );
      await (await connect(app)).close(4001, "Enough");
      expect(await seen.promise).to.deep.equal({ code: 4001, reason: "Enough" });
    });

    it("serves two connections to one app, which share its state", async () => {
      const all: Connection[] = [];
      const app = quietApp().get(
        "/",
        websocket(async (ws) => {
          all.push(ws);
          for await (const message of ws) await Promise.all(all.map((one) => one.send(message)));
        }),
      );
      const [first, second] = await Promise.all([connect(app), connect(app)]);
      await untilTrue(() => all.length === 2);
      await first.send("Hi");
      expect([await first.recv(), await second.recv()]).to.deep.equal(["Hi", "Hi"]);
      await Promise.all([first.close(), second.close()]);
    });

    it("takes a plain request listener too", async () => {
      const error = await rejection(connect((_req, res) => res.writeHead(418).end("Short and stout")));
      expect(error).to.have.nested.property("response.status", 418);
      expect(error).to.have.nested.property("response.text", "Short and stout");
    });

    it("is a connection of the library, errors included", async () => {
      const ws = await connect(greeter(), "/bob");
      await ws.recv();
      const pending = rejection(ws.recv());
      expect(await rejection(ws.recv())).to.be.instanceOf(ConcurrencyError);
      await ws.close();
      expect(await pending).to.have.property("code", "ERR_CONNECTION_CLOSED_OK");
    });
  });

  describe("to a server", () => {
    it("connects where it listens, and leaves it as it is", async () => {
      const { server } = await network.serve(greeter());
      const ws = await connect(server, "/bob");
      expect(await ws.recv()).to.match(/^Hello bob/);
      await ws.close();
      expect(await rejection(connect(server, "/private"))).to.have.nested.property("response.status", 401);
      expect(server.listening).to.equal(true);
    });

    it("connects to one on a Unix socket", async () => {
      const server = hookUpgrades(createServer(greeter()));
      server.listen(join(tmpdir(), `express-c10k-${process.pid}.sock`));
      await once(server, "listening");
      const ws = await connect(server, "/once");
      expect(await ws.recv()).to.equal("Once");
      await ws.close();
      await shutdown(server);
    });

    it("connects to one on an address of its own", async () => {
      const server = hookUpgrades(createServer(greeter()));
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const ws = await connect(server, "/once");
      expect(await ws.recv()).to.equal("Once");
      await ws.close();
      await shutdown(server);
    });

    it("connects to one of https, with the options of a TLS client", async () => {
      const { key, cert } = selfSigned();
      const server = hookUpgrades(createHttpsServer({ key, cert }, greeter()));
      server.listen(0);
      await once(server, "listening");
      const ws = await connect(server, "/once", { rejectUnauthorized: false });
      expect(await ws.recv()).to.equal("Once");
      await ws.close();
      await shutdown(server);
    });

    it("refuses one that does not listen, and says what to do", async () => {
      const server = hookUpgrades(createServer(greeter()));
      const error = await rejection(connect(server, "/bob"));
      expect(error).to.be.instanceOf(TypeError);
      expect(String(error)).to.contain("listening").and.to.contain("the app instead");
      expect(hookOf(server)?.transports.size).to.equal(0);
    });

    it("tells of one without hookUpgrades in the answer", async () => {
      const server = createServer(greeter());
      server.listen(0);
      await once(server, "listening");
      const error = await rejection(connect(server, "/bob"));
      expect(error).to.have.nested.property("response.status", 500);
      expect(error).to.have.nested.property("response.text").that.contains("hookUpgrades");
      server.closeAllConnections();
      server.close();
      await until(server, "close");
    });
  });

  describe("to a URL", () => {
    for (const scheme of ["ws", "http"]) {
      it(`adds the path to one of ${scheme}:`, async () => {
        const { port } = await network.serve(quietApp().use("/chat", greeter()));
        for (const base of [`${scheme}://localhost:${port}/chat`, `${scheme}://localhost:${port}/chat/`]) {
          const ws = await connect(base, "/once");
          expect(await ws.recv()).to.equal("Once");
          await ws.close();
        }
      });
    }

    it("takes it as it is where there is no path", async () => {
      const { wsUrl } = await network.serve(greeter());
      const ws = await connect(new URL(`${wsUrl}/bob?q=2`));
      expect(await ws.recv()).to.equal("Hello bob undefined 2 ");
      await ws.close();
    });

    it("rejects where nobody listens", async () => {
      const server = await network.serve(greeter());
      await server.close();
      expect(await rejection(connect(server.wsUrl, "/bob"))).to.have.property("code", "ECONNREFUSED");
    });
  });

  it('refuses a path that does not begin with "/"', async () => {
    expect(await rejection(connect(greeter(), "bob"))).to.be.instanceOf(TypeError);
  });

  describe("leaves nothing that keeps the process alive", () => {
    const script = (body: string) => `
      import express from "express";
      import { websocket } from "./middleware/index.ts";
      import { connect } from "./middleware/testing.ts";
      const app = express().set("env", "test");
      app.get("/", websocket((ws) => ws.closed));
      app.get("/busy", websocket(() => new Promise(() => {})));
      app.get("/private", (req, res) => res.sendStatus(401));
      app.get("/silent", () => {});
      ${body}
      console.log("done");
    `;
    const cases = {
      "after a close": `await (await connect(app)).close();`,
      "after a close that the handler heeds not": `await (await connect(app, "/busy")).close();`,
      "after a break while the handler reads nothing": `
        const ws = await connect(app, "/busy");
        for (let n = 0; n < 100; n++) await ws.send("x".repeat(1000));
        ws.raw.terminate();
        await ws.closed;`,
      "after a refusal": `await connect(app, "/private").catch(() => {});`,
      "after a handshake that fails": `await connect(app, "/", { protocols: ["x"] }).catch(() => {});`,
      "after a wait for an answer that was given up": `
        await connect(app, "/silent", { handshakeTimeout: ${SHORT} }).catch(() => {});`,
    };
    for (const [title, body] of Object.entries(cases)) {
      it(title, async () => {
        expect(await runScript(script(body))).to.equal("done\n");
      });
    }
  });
});
