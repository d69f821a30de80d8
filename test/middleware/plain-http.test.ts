import { createServer as createTlsServer } from "node:https";
import { connect as connectTls } from "node:tls";
import { expect } from "chai";
import express, { type Express } from "express";
import { hookUpgrades } from "../../middleware/hook-upgrades.ts";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, readResponse, requestText } from "../support/raw-http.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { selfSigned } from "../support/self-signed.ts";
import { until } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

/** What curl and Java's HTTP client send with their first request, to be served HTTP/2 if the server can. */
const H2C = {
  Connection: "Upgrade, HTTP2-Settings",
  Upgrade: "h2c",
  "HTTP2-Settings": "AAMAAABkAAQAoAAAAAIAAAAA",
};

describe("a request to upgrade to something else than a WebSocket", () => {
  const network = useNetwork();

  /** An app that tells what it got: the body, and how the request was read. */
  function mirror(): Express {
    const app = quietApp();
    app.get(
      "/ws",
      websocket((ws) => ws.send("socket")),
    );
    app.use(express.text({ type: () => true }), (req, res) => {
      const { method, url, headers } = req;
      // Express 4 makes an object of no body.
      const body = typeof req.body === "string" ? req.body : undefined;
      res.json({ method, url, upgrade: headers.upgrade, connection: headers.connection, body });
    });
    return app;
  }

  async function connectTo(app: Express = mirror()): Promise<RawSocket> {
    const { port } = await network.serve(app);
    return network.dial(port);
  }

  async function readJson(raw: RawSocket): Promise<unknown> {
    const { status, body } = await readResponse(raw);
    expect(status).to.equal(200);
    return JSON.parse(body);
  }

  it("is served as HTTP/1.1, without the headers that ask for it", async () => {
    const raw = await connectTo();
    raw.write(requestText("/a?b=c", H2C));
    const answer = await readJson(raw);
    expect(answer).to.deep.include({ method: "GET", url: "/a?b=c" });
    expect(answer).not.to.have.any.keys("body", "upgrade", "connection");
  });

  it("keeps the other connection options", async () => {
    const raw = await connectTo();
    raw.write(requestText("/", { ...H2C, Connection: "close, Upgrade, HTTP2-Settings" }));
    const { headers } = await readResponse(raw);
    expect(headers.connection).to.equal("close");
    await raw.readToEnd();
  });

  it("keeps a body with a length, that comes at once", async () => {
    const raw = await connectTo();
    raw.write(requestText("/", { ...H2C, "Content-Length": "5" }, "POST / HTTP/1.1"), "hello");
    const answer = await readJson(raw);
    expect(answer).to.deep.include({ method: "POST", body: "hello" });
    expect(answer).not.to.have.property("upgrade");
  });

  it("keeps a chunked body", async () => {
    const raw = await connectTo();
    raw.write(
      requestText("/", { ...H2C, "Transfer-Encoding": "chunked" }, "POST / HTTP/1.1"),
      "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n",
    );
    expect(await readJson(raw)).to.deep.include({ body: "hello!" });
  });

  it("keeps a body that comes in pieces, after the app has begun to read it", async () => {
    const app = quietApp();
    const begun = deferred();
    app.use((_req, _res, next) => {
      begun.resolve();
      next();
    });
    const raw = await connectTo(app.use(mirror()));
    raw.write(requestText("/", { ...H2C, "Content-Length": "11" }, "POST / HTTP/1.1"), "hel");
    await begun.promise;
    raw.write("lo ");
    raw.write("world");
    expect(await readJson(raw)).to.deep.include({ body: "hello world" });
  });

  it("keeps a body of 1 MB", async () => {
    const app = quietApp().use(express.text({ type: () => true, limit: "2mb" }), (req, res) => {
      res.send(String(req.body.length));
    });
    const raw = await connectTo(app);
    const length = 1_000_000;
    raw.write(
      requestText("/", { ...H2C, "Content-Length": String(length) }, "POST / HTTP/1.1"),
      Buffer.alloc(length, "x"),
    );
    expect((await readResponse(raw)).body).to.equal(String(length));
  });

  it("is followed by requests that are pipelined behind it", async () => {
    const raw = await connectTo();
    raw.write(requestText("/1", H2C), requestText("/2"), requestText("/3", H2C), requestText("/4"));
    const answers = [await readJson(raw), await readJson(raw), await readJson(raw), await readJson(raw)];
    expect(answers.map((answer) => Object(answer).url)).to.deep.equal(["/1", "/2", "/3", "/4"]);
  });

  it("is followed by further requests on the connection, behind a body too", async () => {
    const raw = await connectTo();
    raw.write(requestText("/", { ...H2C, "Content-Length": "2" }, "POST /1 HTTP/1.1"), "ab");
    expect(await readJson(raw)).to.deep.include({ url: "/1", body: "ab" });
    raw.write(requestText("/2"));
    expect(await readJson(raw)).to.deep.include({ url: "/2" });
  });

  it("is followed by a WebSocket on the connection", async () => {
    const raw = await connectTo();
    raw.write(requestText("/", H2C));
    await readJson(raw);
    raw.write(handshakeText("/ws"));
    expect((await readResponse(raw)).status).to.equal(101);
  });

  it("is answered after the requests that were sent before it, however slow they are", async () => {
    const app = quietApp();
    const [arrived, answered] = [deferred(), deferred()];
    app.get("/slow", async (_req, res) => {
      arrived.resolve();
      await answered.promise;
      res.send("slow");
    });
    const raw = await connectTo(app.use(mirror()));
    raw.write(requestText("/slow"), requestText("/h2c", H2C));
    await arrived.promise;
    answered.resolve();
    expect((await readResponse(raw)).body).to.equal("slow");
    expect(await readJson(raw)).to.deep.include({ url: "/h2c" });
  });

  it("may name any protocol, of any method", async () => {
    const raw = await connectTo();
    for (const [method, upgrade] of [
      ["GET", "h2c, foo/1"],
      ["PUT", "TLS/1.0"],
      ["DELETE", "x"],
    ] as const) {
      const headers = { Upgrade: upgrade, Connection: "upgrade", "Content-Length": "1" };
      raw.write(requestText("/", headers, `${method} / HTTP/1.1`), "x");
      expect(await readJson(raw)).to.deep.include({ method, body: "x" });
    }
  });

  it("is served as plain HTTP if it names a WebSocket but is no handshake: a POST with a body", async () => {
    const raw = await connectTo();
    raw.write(handshakeText("/", { "Content-Length": "5" }, "POST / HTTP/1.1"), "hello");
    expect(await readJson(raw)).to.deep.include({ method: "POST", body: "hello" });
  });

  it("keeps headers as they were sent, repeated ones and bytes beyond ASCII too", async () => {
    const app = quietApp().use((req, res) => {
      res.json([req.headersDistinct["x-a"], req.headers["x-b"], req.rawHeaders.includes("X-Camel")]);
    });
    const raw = await connectTo(app);
    raw.write(
      Buffer.from(
        requestText("/", { ...H2C, "X-A": "1\r\nX-A: 2", "X-B": "caf\xe9", "X-Camel": "" }),
        "latin1",
      ),
    );
    expect(await readJson(raw)).to.deep.equal([["1", "2"], "caf\xe9", true]);
  });

  it("is served on https too, with its body and what follows", async () => {
    const identity = selfSigned();
    const port = await network.listen(hookUpgrades(createTlsServer(identity, mirror())));
    const socket = connectTls({ port, host: "localhost", ca: identity.cert });
    await until(socket, "secureConnect");
    const raw = await network.dial(socket);
    raw.write(requestText("/", { ...H2C, "Content-Length": "5" }, "POST / HTTP/1.1"), "hello");
    expect(await readJson(raw)).to.deep.include({ body: "hello" });
    raw.write(requestText("/2", H2C));
    expect(await readJson(raw)).to.deep.include({ url: "/2" });
  });

  it("may be reset while it waits, and the process goes on", async () => {
    const app = quietApp();
    const [arrived, left] = [deferred(), deferred()];
    app.get("/slow", (_req, res) => {
      arrived.resolve();
      res.once("close", () => left.resolve());
    });
    const raw = await connectTo(app.use(mirror()));
    raw.write(requestText("/slow"), requestText("/h2c", H2C));
    await arrived.promise;
    raw.reset();
    await left.promise;
  });
});
