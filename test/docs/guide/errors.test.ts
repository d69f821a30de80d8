import { createServer } from "node:http";
import { expect } from "chai";
import * as library from "../../../middleware/index.ts";
import {
  type Connection,
  type Handler,
  HandshakeError,
  type HookOptions,
  shutdown,
  type ViewOptions,
  WebSocketError,
  websocket,
} from "../../../middleware/index.ts";
import { connect, UnexpectedResponse } from "../../../middleware/testing.ts";
import { ask } from "../../support/ask.ts";
import { deferred } from "../../support/deferred.ts";
import { tableBelow } from "../../support/docs/tables.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { BINARY, frame, readClose, TEXT } from "../../support/raw-frames.ts";
import { rejection } from "../../support/rejection.ts";
import { LONG } from "../../support/timeouts.ts";
import { useNetwork } from "../../support/use-network.ts";

const FILE = "docs/guide/errors.md";

const wait: Handler = (ws) => ws.closed;

describe("docs/guide/errors.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/errors.md", {
    names: {
      count: "(vote: string) => Promise<void>",
      leave: "() => void",
      log: "(...what: unknown[]) => void",
    },
  });
  const errorHandler = page.block("Before the 101");
  const handler = page.block("In a handler");

  describe("before the 101", () => {
    it("goes to the app's own error handler", async () => {
      const app = quietApp().get("/", websocket(wait));
      app.get("/broken", () => {
        throw new Error("Oops");
      });
      await errorHandler.run({ app });
      const { port, url } = await network.serve(app);
      const { status, body } = await ask(network, port, "/", { Origin: "https://foreign.example" });
      expect(status).to.equal(403);
      expect(JSON.parse(body).error).to.contain("foreign.example");
      expect((await fetch(`${url}/broken`)).status).to.equal(500);
    });

    it("answers with the statuses of the table", async () => {
      const scenarios: Record<
        string,
        () => Promise<{ status: number; headers: Readonly<Record<string, string>> }>
      > = {
        400: () => refused({ "Sec-WebSocket-Key": "short" }),
        403: () => refused({ Origin: "https://foreign.example" }),
        426: () => refused({ "Sec-WebSocket-Version": "8" }),
        429: () => second({ maxConnectionsPerAddress: 1 }),
        500: () => unhooked(),
        503: () => second({ maxConnections: 1 }),
      };
      for (const [status = "", when = ""] of tableBelow(FILE, "Before the 101")) {
        const answer = await scenarios[status]?.();
        expect(answer?.status, when).to.equal(Number(status));
        const promised = Array.from(
          (when.split("; with ")[1] ?? "").matchAll(/`([^`]+)`/g),
          ([, name = ""]) => name,
        );
        expect(answer?.headers).to.include.all.keys(...promised.map((name) => name.toLowerCase()), "date");
      }
      expect(tableBelow(FILE, "Before the 101").map(([status]) => status)).to.deep.equal(
        Object.keys(scenarios),
      );
    });

    it("answers an app that is too slow with 503", async () => {
      const app = quietApp().get("/", () => {});
      const { port } = await network.serve(app, { handshakeTimeout: 1 });
      const { status, headers } = await ask(network, port);
      expect(status).to.equal(503);
      expect(headers).to.include.keys("retry-after");
    });
  });

  async function refused(headers: Record<string, string>) {
    const { port } = await network.serve(quietApp().get("/", websocket(wait)));
    return ask(network, port, "/", headers);
  }

  async function second(options: HookOptions) {
    const { port } = await network.serve(quietApp().get("/", websocket(wait)), options);
    await network.shake(port);
    return ask(network, port);
  }

  async function unhooked() {
    return ask(network, await network.listen(createServer(quietApp().get("/", websocket(wait)))));
  }

  describe("in a handler", () => {
    /** Opens the page's view, which counts; gives what it has logged and whether it left. */
    async function vote(count: (vote: string) => unknown) {
      const [app, left, logged] = [quietApp(), deferred(), deferred<unknown[]>()];
      const log = (...what: unknown[]) => logged.resolve(what);
      await handler.run({ app, websocket, WebSocketError, count, leave: left.resolve, log });
      const client = await network.open(`${(await network.serve(app)).wsUrl}/vote`);
      return { client, left: left.promise, logged: logged.promise };
    }

    it("closes with a code and a reason for the peer", async () => {
      const { client, left } = await vote(() => {});
      client.ws.send("maybe");
      expect(await client.closed).to.deep.equal({ code: 1008, reason: "yes or no" });
      await left;
    });

    it("closes with 1011 and reports, and tells the peer nothing", async () => {
      const failure = new Error("No database");
      const { client, left, logged } = await vote(() => Promise.reject(failure));
      client.ws.send("yes");
      expect(await client.closed).to.deep.equal({ code: 1011, reason: "The handler failed" });
      expect(await logged).to.deep.equal(["GET /vote", failure]);
      await left;
    });
  });

  it("names every error with its code", async () => {
    const made: Record<string, () => Promise<unknown>> = {
      HandshakeError: async () => new HandshakeError(403, "No"),
      ConnectionClosedOK: () => closedBy((ws) => ws.close()),
      ConnectionClosedError: () => closedBy((ws) => ws.raw.terminate()),
      WebSocketError: async () => new WebSocketError(1008),
      ConcurrencyError: async () => {
        const { ws } = await network.pair();
        ws.recv().catch(() => {});
        return rejection(ws.recv());
      },
      RecvTimeoutError: async () => rejection((await network.pair()).ws.recv({ timeout: 1 })),
      UnexpectedResponse: () => rejection(connect(quietApp())),
    };
    const table = tableBelow(FILE, "In a handler");
    for (const [name = "", code] of table) expect(await made[name]?.(), name).to.include({ name, code });
    const exported = { ...library, UnexpectedResponse };
    const classes = Object.entries(exported).filter(([, value]) => Object(value).prototype instanceof Error);
    expect(table.map(([name]) => name)).to.have.members(
      classes.map(([name]) => name).filter((name) => name !== "ConnectionClosed"),
    );
  });

  /** What `recv()` rejects with after that. */
  async function closedBy(close: (ws: Connection) => unknown): Promise<unknown> {
    const { ws } = await network.pair();
    close(ws);
    return rejection(ws.recv());
  }

  it("sends the close codes of the table", async () => {
    const scenarios: Record<string, () => Promise<{ code: number }>> = {
      1000: () => closing(() => {}),
      1001: async () => {
        const { server, peer } = await network.rawPair();
        const over = shutdown(server.server, { timeout: LONG });
        const close = await readClose(peer);
        peer.socket.destroy();
        await over;
        return close;
      },
      1002: () => sent(frame(TEXT, "Hi", { masked: false })),
      1007: () => sent(frame(TEXT, Buffer.from([0xff]))),
      1008: () => sent(Buffer.concat([frame(TEXT, "1"), frame(TEXT, "2")]), { maxMessagesPerSecond: 1 }),
      1009: () => sent(frame(BINARY, Buffer.alloc(9)), { maxPayload: 8 }),
      1011: () => closing(() => Promise.reject(new Error()), { onError: () => {} }),
      1013: async () => {
        const { ws, peer } = await network.rawPair();
        peer.socket.pause();
        while (!ws.signal.aborted) ws.send(Buffer.alloc(1024 * 1024));
        peer.socket.resume();
        return readClose(peer);
      },
    };
    const table = tableBelow(FILE, "Close codes that the library sends");
    for (const [code = "", when] of table)
      expect((await scenarios[code]?.())?.code, when).to.equal(Number(code));
    expect(table.map(([code]) => code)).to.deep.equal(Object.keys(scenarios));
  });

  async function sent(bytes: Buffer, options?: ViewOptions) {
    const { peer } = await network.rawPair(options);
    peer.write(bytes);
    return readClose(peer);
  }

  async function closing(view: Handler, options?: ViewOptions) {
    const { port } = await network.serveView(view, options);
    return readClose(await network.shake(port));
  }

  it("refuses codes that are never sent", async () => {
    const { ws } = await network.pair();
    for (const code of [1005, 1006, 2999]) {
      expect(() => ws.close(code)).to.throw(RangeError);
      expect(() => new WebSocketError(code)).to.throw(RangeError);
    }
    await ws.close(4000);
    expect((await ws.closed).code).to.equal(4000);
  });
});
