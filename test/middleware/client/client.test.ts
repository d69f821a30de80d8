import { getEventListeners } from "node:events";
import { expect } from "chai";
import { WebSocket as WsWebSocket } from "ws";
import manifest from "ws/package.json" with { type: "json" };
import {
  type Address,
  type Client,
  type ClientOptions,
  ConcurrencyError,
  ConnectionClosedError,
  ConnectionClosedOK,
  connect,
  type Disconnect,
  RecvTimeoutError,
  type WebSocketConstructor,
} from "../../../middleware/client/index.ts";
import { runtime } from "../../../middleware/client/runtime.ts";
import { type Connection, ConnectionClosed } from "../../../middleware/index.ts";
import { websocket } from "../../../middleware/websocket.ts";
import { deferred } from "../../support/deferred.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { rejection } from "../../support/rejection.ts";
import { runScript } from "../../support/run-script.ts";
import { listen, type TestServer } from "../../support/server.ts";
import { LONG, SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

const IS_OLD_WS = /^8\.2[12]\./.test(manifest.version);

/** The class of `ws`, and the global one where this Node has it. */
const CLASSES: Record<string, WebSocketConstructor> = {
  "the WebSocket of ws": WsWebSocket,
  ...(runtime.WebSocket && { "the global WebSocket": runtime.WebSocket }),
};

for (const [name, WebSocket] of Object.entries(CLASSES)) {
  describe(`connect of client, with ${name}`, () => {
    const network = useNetwork();
    const clients: Client[] = [];
    const restarted: TestServer[] = [];
    /** What the callbacks were told, of all clients of a test. */
    const log: string[] = [];
    const losses: Disconnect[] = [];

    /** Delays are as short as can be, unless a test says otherwise. */
    function open(address: Address, options: ClientOptions = {}): Client {
      const client = connect(address, {
        WebSocket,
        firstDelay: 1,
        maxDelay: 1,
        onConnecting: () => log.push("connecting"),
        onOpen: () => log.push("open"),
        onClose: (event) => {
          log.push(`${event.code}`);
          losses.push(event);
        },
        ...options,
      });
      clients.push(client);
      return client;
    }

    afterEach(async () => {
      await Promise.all(clients.splice(0).map((client) => client.close()));
      await Promise.all(restarted.splice(0).map((server) => server.close()));
      log.length = 0;
      losses.length = 0;
    });

    /** A server whose connections a test holds, and which comes back on its own port. */
    async function serve(protocols: string[] = []) {
      const connections: Connection[] = [];
      const urls: string[] = [];
      const app = quietApp().get(
        "/",
        websocket(
          (ws, req) => {
            urls.push(req.url);
            connections.push(ws);
            return ws.closed;
          },
          { protocols, pingInterval: 0 },
        ),
      );
      const first: TestServer = await network.serve(app);
      let current = first;
      return {
        url: first.wsUrl,
        connections,
        urls,
        /** The connection with that number, from 0. */
        async connection(index: number): Promise<Connection> {
          await untilTrue(() => connections.length > index);
          const connection = connections[index];
          if (!connection) throw new Error("No connection");
          return connection;
        },
        stop: () => current.close(),
        async start(): Promise<void> {
          current = await listen(app, first.port);
          restarted.push(current);
        },
      };
    }
    describe("while it is connected", () => {
      it("receives text as strings and bytes as an ArrayBuffer, in order", async () => {
        const server = await serve();
        const client = open(server.url);
        const ws = await server.connection(0);
        await ws.send("Café");
        await ws.send(Buffer.from([1, 2, 3]));
        await ws.send("");
        expect(await client.recv()).to.equal("Café");
        const bytes = await client.recv();
        expect(bytes).to.be.instanceOf(ArrayBuffer);
        if (bytes instanceof ArrayBuffer) expect([...new Uint8Array(bytes)]).to.deep.equal([1, 2, 3]);
        expect(await client.recv()).to.equal("");
      });

      it("sends strings, ArrayBuffers and views of them, in order", async () => {
        const server = await serve();
        const client = open(server.url);
        const bytes = Uint8Array.of(0, 1, 2, 3);
        await Promise.all([
          client.send("Café"),
          client.send(bytes.buffer),
          client.send(bytes.subarray(1, 3)),
          client.send(""),
        ]);
        const ws = await server.connection(0);
        expect(await ws.recv()).to.equal("Café");
        expect(await ws.recv()).to.deep.equal(Buffer.from([0, 1, 2, 3]));
        expect(await ws.recv()).to.deep.equal(Buffer.from([1, 2]));
        expect(await ws.recv()).to.equal("");
      });

      it("throws a TypeError at once for what is neither text nor bytes", async () => {
        const client = open((await serve()).url);
        for (const data of [undefined, null, 1, {}, []]) {
          expect(() => Reflect.apply(client.send, client, [data])).to.throw(TypeError);
        }
        expect(client.queued).to.equal(0);
      });

      it("tells its state and its subprotocol", async () => {
        const server = await serve(["b", "a"]);
        const client = open(server.url, { protocols: ["a", "b"] });
        expect([client.state, client.protocol]).to.deep.equal(["connecting", ""]);
        const ws = await server.connection(0);
        await ws.send("x");
        await client.recv();
        expect([client.state, client.protocol]).to.deep.equal(["open", ws.protocol]);
        await client.close();
        expect([client.state, client.protocol]).to.deep.equal(["closed", ""]);
        expect(log).to.deep.equal(["connecting", "open", "1000"]);
      });

      it("holds messages back while much waits in the socket, and sends all of them in the end", async () => {
        const server = await serve();
        const client = open(server.url);
        const ws = await server.connection(0);
        await untilTrue(() => client.state === "open");
        const large = "x".repeat(200_000);
        const sent = Array.from({ length: 100 }, (_, n) => client.send(`${n} ${large}`));
        expect(client.queued).to.be.above(0);
        for (let n = 0; n < 100; n++) expect(Number.parseInt(String(await ws.recv()), 10)).to.equal(n);
        await Promise.all(sent);
        expect(client.queued).to.equal(0);
      });
    });

    describe("recv", () => {
      it("waits across reconnections", async () => {
        const server = await serve();
        const client = open(server.url);
        const message = client.recv();
        await server.connection(0);
        await server.stop();
        await server.start();
        await (await server.connection(1)).send("Back");
        expect(await message).to.equal("Back");
      });

      it("gives out what came before a break, then what comes after it", async () => {
        const server = await serve();
        const client = open(server.url);
        const ws = await server.connection(0);
        await Promise.all([ws.send("1"), ws.send("2")]);
        await ws.close(1001);
        await (await server.connection(1)).send("3");
        expect([await client.recv(), await client.recv(), await client.recv()]).to.deep.equal([
          "1",
          "2",
          "3",
        ]);
      });

      it("rejects with a ConcurrencyError while another is pending", async () => {
        const server = await serve();
        const client = open(server.url);
        const pending = client.recv();
        expect(await rejection(client.recv())).to.be.instanceOf(ConcurrencyError);
        await (await server.connection(0)).send("x");
        expect(await pending).to.equal("x");
      });

      it("ends a wait after its timeout, or by its signal, and loses nothing", async () => {
        const server = await serve();
        const client = open(server.url);
        expect(await rejection(client.recv({ timeout: SHORT }))).to.be.instanceOf(RecvTimeoutError);
        const controller = new AbortController();
        const aborted = rejection(client.recv({ signal: controller.signal, timeout: LONG }));
        controller.abort("Enough");
        const next = client.recv({ timeout: LONG });
        expect(await aborted).to.equal("Enough");
        expect(await rejection(client.recv({ signal: controller.signal }))).to.be.instanceOf(
          ConcurrencyError,
        );
        await (await server.connection(0)).send("x");
        expect(await next).to.equal("x");
        expect(await rejection(client.recv({ signal: controller.signal }))).to.equal("Enough");
      });

      it("leaves no listener on its signal", async () => {
        const server = await serve();
        const client = open(server.url);
        const { signal } = new AbortController();
        const ws = await server.connection(0);
        for (let n = 0; n < 3; n++) {
          const message = client.recv({ signal });
          await ws.send("x");
          await message;
        }
        expect(getEventListeners(signal, "abort")).to.deep.equal([]);
      });
    });

    describe("iteration", () => {
      it("goes on across reconnections and ends silently when the server is done", async () => {
        const server = await serve();
        const client = open(server.url);
        const all = collect(client);
        await (await server.connection(0)).send("1");
        await (await server.connection(0)).close(1012);
        await (await server.connection(1)).send("2");
        await (await server.connection(1)).close(1000);
        expect(await all).to.deep.equal(["1", "2"]);
      });

      it("ends silently after close()", async () => {
        const server = await serve();
        const client = open(server.url);
        const all = collect(client);
        await server.connection(0);
        await client.close();
        expect(await all).to.deep.equal([]);
      });

      it("throws a ConnectionClosedError when the server says no", async () => {
        const server = await serve();
        const all = rejection(collect(open(server.url)));
        await (await server.connection(0)).close(1008, "Not you");
        const error = await all;
        expect(error).to.be.instanceOf(ConnectionClosedError);
        expect(error).to.include({ closeCode: 1008, reason: "Not you", code: "ERR_CONNECTION_CLOSED_ERROR" });
      });

      it("closes nothing when it is left early", async () => {
        const server = await serve();
        const client = open(server.url);
        const ws = await server.connection(0);
        await Promise.all([ws.send("1"), ws.send("2")]);
        for await (const message of client) {
          expect(message).to.equal("1");
          break;
        }
        expect(await client.recv()).to.equal("2");
      });
    });

    describe("send without a connection", () => {
      it("waits for one, and keeps the order", async () => {
        const server = await serve();
        const client = open(server.url);
        await server.connection(0);
        await server.stop();
        await untilTrue(() => client.state !== "open");
        const sent = [client.send("1"), client.send("2"), client.send(Uint8Array.of(3))];
        expect(client.queued).to.equal(3);
        await server.start();
        const ws = await server.connection(1);
        expect([await ws.recv(), await ws.recv(), await ws.recv()]).to.deep.equal([
          "1",
          "2",
          Buffer.from([3]),
        ]);
        await Promise.all(sent);
        expect(client.queued).to.equal(0);
      });

      it("comes after what onOpen sends", async () => {
        const server = await serve();
        let greetings = 0;
        const client = open(server.url, { onOpen: () => client.send(`Hello ${++greetings}`) });
        client.send("1");
        const first = await server.connection(0);
        expect([await first.recv(), await first.recv()]).to.deep.equal(["Hello 1", "1"]);
        await server.stop();
        await untilTrue(() => client.state !== "open");
        client.send("2");
        await server.start();
        const second = await server.connection(1);
        expect([await second.recv(), await second.recv()]).to.deep.equal(["Hello 2", "2"]);
      });

      it("rejects when the client is closed before there is one", async () => {
        const server = await serve();
        await server.stop();
        const client = open(server.url);
        const sent = rejection(client.send("x"));
        client.send("nobody awaits this");
        await client.close();
        expect(await sent).to.be.instanceOf(ConnectionClosedOK);
        expect(await rejection(client.send("y"))).to.be.instanceOf(ConnectionClosed);
        expect(client.queued).to.equal(0);
      });

      it("rejects when the server closes for good", async () => {
        const server = await serve();
        const client = open(server.url);
        await (await server.connection(0)).close(1008);
        await client.closed;
        expect(await rejection(client.send("x"))).to.include({ closeCode: 1008 });
      });
    });

    describe("connects again", () => {
      for (const code of [1001, 1011, 1012, 1013, 4000]) {
        it(`after the close code ${code}`, async () => {
          const server = await serve();
          open(server.url);
          await (await server.connection(0)).close(code, "why");
          await server.connection(1);
          expect(log.slice(0, 4)).to.deep.equal(["connecting", "open", String(code), "connecting"]);
          expect(losses[0]).to.include({ code, reason: "why" });
          expect(losses[0]?.delay).to.be.within(0.5, 1);
        });
      }

      it("after a connection that broke", async () => {
        const server = await serve();
        open(server.url);
        (await server.connection(0)).raw.terminate();
        await server.connection(1);
        expect(losses[0]).to.include({ code: 1006 });
      });

      it("when the server is back, however often it was not there", async () => {
        const server = await serve();
        const client = open(server.url);
        for (let round = 1; round <= 3; round++) {
          await server.connection(round - 1);
          await server.stop();
          const failures = losses.length + 3;
          await untilTrue(() => losses.length >= failures);
          expect(client.state).to.be.oneOf(["waiting", "connecting"]);
          await server.start();
          await (await server.connection(round)).send(`${round}`);
          expect(await client.recv()).to.equal(`${round}`);
        }
      });

      it("when the server was not there at first", async () => {
        const server = await serve();
        await server.stop();
        const client = open(server.url);
        await untilTrue(() => losses.length >= 2);
        expect(log.slice(0, 4)).to.deep.equal(["connecting", "1006", "connecting", "1006"]);
        await server.start();
        await (await server.connection(0)).send("x");
        expect(await client.recv()).to.equal("x");
      });

      it("after a handshake that was refused", async () => {
        const gate = { open: false };
        const app = quietApp().use((_req, res, next) => {
          if (gate.open) next();
          else res.sendStatus(503);
        });
        app.get(
          "/",
          websocket((ws) => ws.send("In")),
        );
        const { wsUrl } = await network.serve(app);
        const client = open(wsUrl);
        await untilTrue(() => losses.length >= 2);
        expect(losses[0]).to.include({ code: 1006 });
        gate.open = true;
        expect(await client.recv()).to.equal("In");
      });

      it("after an attempt that takes too long", async () => {
        let isFirst = true;
        const app = quietApp().get("/", (_req, _res, next) => {
          if (!isFirst) next();
          isFirst = false;
        });
        app.get(
          "/",
          websocket((ws) => ws.send("In")),
        );
        const { wsUrl } = await network.serve(app);
        const client = open(wsUrl, { connectTimeout: SHORT });
        expect(await client.recv()).to.equal("In");
        expect(losses[0]).to.include({ code: 1006, reason: "" });
      });

      it("waits twice as long each time, and starts over after a connection that lived", async () => {
        const server = await serve();
        await server.stop();
        open(server.url, { firstDelay: 2, maxDelay: 16, resetAfter: 0 });
        await untilTrue(() => losses.length >= 5);
        for (const [index, bound] of [2, 4, 8, 16, 16].entries()) {
          expect(losses[index]?.delay).to.be.within(bound / 2, bound);
        }
        await server.start();
        const ws = await server.connection(0);
        await untilTrue(() => log.includes("open"));
        await ws.close(1001);
        await untilTrue(() => losses.at(-1)?.code === 1001 || losses.length > 100);
        expect(losses.find(({ code }) => code === 1001)?.delay).to.be.within(1, 2);
      });

      it("does not start over after one that did not live long enough", async () => {
        const server = await serve();
        open(server.url, { firstDelay: 1, maxDelay: 8, resetAfter: LONG });
        for (let index = 0; index < 4; index++) await (await server.connection(index)).close(1001);
        await untilTrue(() => losses.length >= 4);
        expect(losses[3]?.delay).to.be.within(4, 8);
      });
    });

    describe("does not connect again", () => {
      for (const code of [1000, 1005, 1008]) {
        it(`after the close code ${code}`, async () => {
          const server = await serve();
          const client = open(server.url);
          const ws = await server.connection(0);
          if (code === 1005) ws.raw.close();
          else await ws.close(code);
          expect(await client.closed).to.deep.equal({ code, reason: "" });
          expect(client.state).to.equal("closed");
          expect(losses).to.deep.equal([{ code, reason: "", delay: undefined }]);
          expect(await rejection(client.recv())).to.include({ closeCode: code });
        });
      }

      it("after the codes that it is told, and after others then it does", async () => {
        const server = await serve();
        const client = open(server.url, { stopOn: [4001] });
        await (await server.connection(0)).close(1000);
        await (await server.connection(1)).close(4000);
        await (await server.connection(2)).close(4001, "Banned");
        expect(await client.closed).to.deep.equal({ code: 4001, reason: "Banned" });
        expect(losses.map(({ code }) => code)).to.deep.equal([1000, 4000, 4001]);
      });
    });

    describe("close", () => {
      it("closes with 1000, or with what it is told", async () => {
        const server = await serve();
        for (const [index, [code, reason]] of [[1000, ""] as const, [4000, "Bye"] as const].entries()) {
          const client = open(server.url);
          const ws = await server.connection(index);
          await untilTrue(() => client.state === "open");
          await (index === 0 ? client.close() : client.close(code, reason));
          expect(await ws.closed).to.deep.equal({ code, reason });
          expect(await client.closed).to.deep.equal({ code, reason });
        }
      });

      it("sends first what waits", async () => {
        const server = await serve();
        const client = open(server.url);
        const ws = await server.connection(0);
        await untilTrue(() => client.state === "open");
        const large = "x".repeat(200_000);
        for (let n = 0; n < 100; n++) client.send(`${n} ${large}`);
        expect(client.queued).to.be.above(0);
        const closed = client.close();
        for (let n = 0; n < 100; n++) expect(Number.parseInt(String(await ws.recv()), 10)).to.equal(n);
        await closed;
        expect(await ws.closed).to.deep.equal({ code: 1000, reason: "" });
      });

      it("still gives out what was received, then rejects with ConnectionClosedOK", async () => {
        const server = await serve();
        const client = open(server.url);
        await (await server.connection(0)).send("1");
        await client.recv();
        const ws = await server.connection(0);
        await Promise.all([ws.send("2"), ws.send("3")]);
        expect(await client.recv()).to.equal("2");
        await client.close();
        expect(await client.recv()).to.equal("3");
        expect(await rejection(client.recv())).to.be.instanceOf(ConnectionClosedOK);
      });

      it("ends a wait for the next attempt", async () => {
        const server = await serve();
        await server.stop();
        const client = open(server.url, { firstDelay: LONG, maxDelay: LONG });
        const pending = rejection(client.recv());
        await untilTrue(() => client.state === "waiting");
        await client.close();
        expect(await pending).to.be.instanceOf(ConnectionClosedOK);
        expect(losses.at(-1)).to.deep.equal({ code: 1000, reason: "", delay: undefined });
      });

      it("ends an attempt that is under way", async () => {
        const asked = deferred();
        const app = quietApp().get("/", () => asked.resolve());
        const { wsUrl } = await network.serve(app);
        const client = open(wsUrl);
        await asked.promise;
        await client.close();
        expect(log).to.deep.equal(["connecting", "1000"]);
      });

      it("ends an attempt that waits for its address", async () => {
        const address = deferred<string>();
        const client = open(() => address.promise);
        await untilTrue(() => log.length > 0);
        await client.close();
        address.resolve((await serve()).url);
        await address.promise;
        expect(log).to.deep.equal(["connecting", "1000"]);
      });

      it("is heard before the first attempt", async () => {
        const client = open((await serve()).url);
        await client.close();
        expect(client.state).to.equal("closed");
        await untilTrue(() => log.length > 0);
        expect(log).to.deep.equal(["1000"]);
      });

      it("throws at once for a code that may not be sent, and the client goes on", async function () {
        // It throws too, and is closing none the less.
        if (WebSocket === WsWebSocket && IS_OLD_WS) this.skip();
        const server = await serve();
        const client = open(server.url);
        const ws = await server.connection(0);
        await untilTrue(() => client.state === "open");
        expect(() => client.close(1006)).to.throw();
        expect(() => client.close(1000, "x".repeat(124))).to.throw();
        await client.send("Still here");
        expect(await ws.recv()).to.equal("Still here");
      });

      it("only waits where the client is closed already", async () => {
        const server = await serve();
        const client = open(server.url);
        await server.connection(0);
        await untilTrue(() => client.state === "open");
        await Promise.all([client.close(), client.close(4000)]);
        await client.close(1006);
        expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
        expect(losses).to.have.length(1);
      });
    });

    describe("signal", () => {
      it("closes the client with 1000, and its loop ends silently", async () => {
        const server = await serve();
        const controller = new AbortController();
        const client = open(server.url, { signal: controller.signal });
        const all = collect(client);
        const ws = await server.connection(0);
        await untilTrue(() => client.state === "open");
        controller.abort();
        expect(await all).to.deep.equal([]);
        expect(await ws.closed).to.deep.equal({ code: 1000, reason: "" });
      });

      it("opens nothing where it was aborted before", async () => {
        const server = await serve();
        const client = open(server.url, { signal: AbortSignal.abort() });
        expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
        expect(log).to.deep.equal(["1000"]);
      });

      it("is let go of when the client is closed", async () => {
        const { signal } = new AbortController();
        const client = open((await serve()).url, { signal });
        expect(getEventListeners(signal, "abort")).to.have.length(1);
        await client.close();
        expect(getEventListeners(signal, "abort")).to.have.length(0);
      });
    });

    describe("an address that is a function", () => {
      it("is asked before each attempt", async () => {
        const server = await serve();
        let last = 0;
        const client = open(() => `${server.url}/?since=${last}`);
        await (await server.connection(0)).send("7");
        last = Number(await client.recv());
        await (await server.connection(0)).close(1001);
        await server.connection(1);
        expect(server.urls).to.deep.equal(["/?since=0", "/?since=7"]);
      });

      it("may take its time, and give a URL", async () => {
        const server = await serve();
        const client = open(async () => new URL(server.url.replace("ws:", "http:")));
        await (await server.connection(0)).send("x");
        expect(await client.recv()).to.equal("x");
      });

      it("that throws, rejects or gives no URL counts as an attempt that failed", async () => {
        const server = await serve();
        const answers = [
          () => {
            throw new Error("No token");
          },
          () => Promise.reject(new Error("No token yet")),
          () => "nonsense",
          () => server.url,
        ];
        const client = open(() => (answers.shift() ?? (() => server.url))());
        await (await server.connection(0)).send("x");
        expect(await client.recv()).to.equal("x");
        expect(losses.map(({ code }) => code)).to.deep.equal([1006, 1006, 1006]);
        expect(losses[0]?.reason).to.equal("Error: No token");
        expect(losses[1]?.reason).to.equal("Error: No token yet");
        expect(losses[2]?.reason).to.contain("Invalid URL");
        expect(log.slice(0, 2)).to.deep.equal(["connecting", "1006"]);
      });
    });

    it("throws a TypeError at once for an address that is no URL", () => {
      expect(() => connect("nonsense", { WebSocket })).to.throw(TypeError);
    });

    it("takes callbacks that close the client", async () => {
      const server = await serve();
      const client = open(server.url, { onOpen: () => client.close() });
      const sent = client.send("before").then(
        () => "sent",
        () => "rejected",
      );
      expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
      expect(await sent).to.equal("rejected");
      await server.stop();
      const other = open(server.url, { onClose: () => other.close() });
      await other.closed;
      expect(other.state).to.equal("closed");
    });
  });
}

async function collect(client: Client): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const message of client) all.push(message);
  return all;
}

describe("connect of client", () => {
  const network = useNetwork();

  const endings = {
    "once the server has closed it for good": `await connect(url, { WebSocket }).closed;`,
    "once it is closed while it waits to connect again": `
      const ws = connect("ws://localhost:1/", { WebSocket, firstDelay: ${LONG}, maxDelay: ${LONG}, onClose });
      function onClose() {
        ws.close();
      }
      await ws.closed;`,
  };
  for (const [title, body] of Object.entries(endings)) {
    it(`keeps no process alive ${title}`, async () => {
      const { wsUrl } = await network.serveView(() => {});
      const script = `
        import { WebSocket } from "ws";
        import { connect } from "./middleware/client/index.ts";
        const url = "${wsUrl}";
        ${body}
        console.log("done");`;
      expect(await runScript(script)).to.equal("done\n");
    });
  }

  it("takes the global WebSocket where there is one, and else says what to do", () => {
    if (runtime.WebSocket) connect("ws://localhost/").close();
    else expect(() => connect("ws://localhost/")).to.throw(TypeError, "option WebSocket");
  });
});
