import { Agent } from "node:http";
import { createConnection, createServer } from "node:net";
import { Duplex } from "node:stream";
import { expect } from "chai";
import { connect } from "../../middleware/connect.ts";
import type { ConnectOptions } from "../../middleware/connect-options.ts";
import type { Connection } from "../../middleware/connection.ts";
import { ConnectionClosedError, ConnectionClosedOK, UnexpectedResponse } from "../../middleware/errors.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { rejection } from "../support/rejection.ts";
import { until } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("connect", () => {
  const network = useNetwork();

  it("resolves with a connection of the kind that handlers hold", async () => {
    const { wsUrl } = await network.serveView(echo);
    const client = await network.connect(wsUrl);
    await client.send("spam");
    await client.send(Buffer.from("eggs"));
    expect([await client.recv(), await client.recv()]).to.deep.equal(["spam", Buffer.from("eggs")]);
    expect(await client.ping()).to.be.at.least(0);
    expect(client.remoteAddress).to.match(/127\.0\.0\.1$|^::1$/);
    await client.close(1000);
    expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
  });

  it("connects through an agent whose sockets are no more than duplex streams", async () => {
    const { wsUrl, port } = await network.serveView(echo);
    const agent = Object.assign(new Agent(), {
      createConnection() {
        const socket = createConnection(port, "localhost");
        return Duplex.from({ readable: socket, writable: socket });
      },
    });
    const client = await network.connect(wsUrl, { agent });
    await client.send("spam");
    expect(await client.recv()).to.equal("spam");
    await client.close();
  });

  it("receives what the server sends with its 101", async () => {
    const { wsUrl } = await network.serveView((ws) => {
      ws.send("1");
      ws.send("2");
    });
    const client = await network.connect(wsUrl);
    const messages: unknown[] = [];
    for await (const message of client) messages.push(message);
    expect(messages).to.deep.equal(["1", "2"]);
  });

  it("masks what it sends, of all sizes, and leaves the caller's memory as it is", async () => {
    const { wsUrl } = await network.serveView(echo);
    const client = await network.connect(wsUrl);
    for (const size of [0, 125, 126, 65536, 1_000_000]) {
      const message = Buffer.alloc(size, "x");
      await client.send(message);
      expect(message.equals(Buffer.alloc(size, "x"))).to.equal(true);
      expect(message.equals(Buffer.from(await client.recv()))).to.equal(true);
    }
  });

  it("sends headers and subprotocols", async () => {
    const { wsUrl } = await network.serveView((ws, req) => ws.send(`${req.get("x-test")} ${ws.protocol}`), {
      protocols: ["v1"],
    });
    const client = await network.connect(wsUrl, { headers: { "X-Test": "1" }, protocols: ["v0", "v1"] });
    expect(await client.recv()).to.equal("1 v1");
  });

  it("sends an origin, and a name and password", async () => {
    const { wsUrl } = await network.serveView(
      (ws, { headers }) => ws.send(`${headers.origin} ${headers.authorization}`),
      { origins: ["https://example.com"] },
    );
    const client = await network.connect(wsUrl, { origin: "https://example.com", auth: "bob:spam" });
    expect(await client.recv()).to.equal("https://example.com Basic Ym9iOnNwYW0=");
  });

  it("offers no compression unless it is asked for", async () => {
    const { wsUrl } = await network.serveView((ws) => ws.send("Spam".repeat(1000)), { compression: true });
    for (const [compression, extensions] of [
      [false, ""],
      [true, "permessage-deflate"],
      [{ clientNoContextTakeover: true }, "permessage-deflate"],
    ] as const) {
      const client = await network.connect(wsUrl, { compression });
      expect(client.raw.extensions).to.equal(extensions);
      expect(await client.recv()).to.equal("Spam".repeat(1000));
    }
  });

  it("rejects with the HTTP response that came instead of a 101", async () => {
    const app = quietApp().get("/", (_req, res) => {
      res.status(401).set("WWW-Authenticate", "Basic").json({ error: "Café?" });
    });
    const { wsUrl } = await network.serve(app);
    const error = await rejection(connect(wsUrl));
    expect(error).to.be.an.instanceOf(UnexpectedResponse);
    if (!(error instanceof UnexpectedResponse)) return;
    const { status, headers, text } = error.response;
    expect([status, headers["www-authenticate"], text]).to.deep.equal([401, "Basic", '{"error":"Café?"}']);
    expect(error.message).to.contain("401");
  });

  it("rejects with the error of the network", async () => {
    const server = createServer();
    const url = `ws://127.0.0.1:${await network.listen(server)}`;
    await until(server.close(), "close");
    expect(await rejection(connect(url))).to.include({ code: "ECONNREFUSED" });
  });

  it("rejects, and does not throw, for a URL that is none", async () => {
    for (const url of ["nonsense", "ftp://localhost", "ws://localhost/#hash"]) {
      expect(await rejection(connect(url))).to.be.an.instanceOf(SyntaxError);
    }
  });

  it("rejects if the server hangs up in the handshake", async () => {
    const server = createServer((socket) => socket.end());
    expect(await rejection(connect(`ws://127.0.0.1:${await network.listen(server)}`))).to.be.an.instanceOf(
      Error,
    );
  });

  it("rejects for a 101 that breaks RFC 6455", async () => {
    const answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    const server = createServer((socket) => socket.end(`${answer}Sec-WebSocket-Accept: wrong\r\n\r\n`));
    expect(String(await rejection(connect(`ws://127.0.0.1:${await network.listen(server)}`)))).to.contain(
      "Sec-WebSocket-Accept",
    );
  });

  it("learns of the server's close, and of its reset", async () => {
    const { wsUrl } = await network.serveView((ws, req) => {
      if (req.query.reset) ws.raw.terminate();
      return ws.close(1001, "Bye");
    });
    const [client, cut] = [await network.connect(wsUrl), await network.connect(`${wsUrl}/?reset=1`)];
    expect(await rejection(client.recv()))
      .to.be.an.instanceOf(ConnectionClosedOK)
      .and.to.include({ reason: "Bye" });
    expect(await rejection(cut.recv()))
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1006 });
  });

  it("refuses a message that is too large with 1009", async () => {
    const { ws, client } = await clientOf({ maxPayload: 1000 });
    await ws.send("x".repeat(1001));
    expect((await client.closed).code).to.equal(1009);
    expect((await ws.closed).code).to.equal(1009);
  });

  it("makes send wait while the server does not read", async () => {
    const { ws, client } = await clientOf({});
    ws.raw.pause();
    const blocked = client.send(Buffer.alloc(900_000));
    for (let n = 0; n < 30; n++) client.send(Buffer.alloc(900_000));
    expect(client.bufferedAmount).to.be.above(900_000);
    ws.raw.resume();
    for (let n = 0; n < 31; n++) expect(await ws.recv()).to.have.length(900_000);
    await blocked;
  });

  /** Both ends of a connection whose client is ours. */
  async function clientOf(options: ConnectOptions): Promise<{ ws: Connection; client: Connection }> {
    const arrival = deferred<Connection>();
    const { wsUrl } = await network.serveView((ws) => {
      arrival.resolve(ws);
      return ws.closed;
    });
    const client = await network.connect(wsUrl, options);
    return { ws: await arrival.promise, client };
  }
});
