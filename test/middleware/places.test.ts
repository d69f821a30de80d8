import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { accept } from "../../middleware/accept.ts";
import { hookOf } from "../../middleware/hook.ts";
import type { HookOptions } from "../../middleware/hook-options.ts";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, readClose } from "../support/raw-frames.ts";
import { handshakeText, type RawResponse, readResponse } from "../support/raw-http.ts";
import type { TestServer } from "../support/server.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

const view = websocket(async (ws) => {
  await ws.closed;
});

describe("the limit of connections", () => {
  const network = useNetwork();

  /** Asks for a WebSocket from an address of this machine. */
  async function knock(port: number, localAddress = "127.0.0.1", headers = {}) {
    const raw = await network.dial({ port, host: "127.0.0.1", localAddress });
    raw.write(handshakeText("/", headers));
    return { raw, response: await readResponse(raw) };
  }

  async function serve(
    options: HookOptions,
    handler: RequestHandler<Record<string, string>> = view,
    trustProxy: string | false = false,
  ) {
    return network.serve(quietApp().set("trust proxy", trustProxy).get("/", handler), options);
  }

  function statuses(knocks: readonly { response: RawResponse }[]): number[] {
    return knocks.map(({ response }) => response.status);
  }

  function untilFree(server: TestServer["server"]): Promise<void> {
    return untilTrue(() => hookOf(server)?.places.taken === 0);
  }

  it("answers one too many with 503, and says when to try again", async () => {
    const { port } = await serve({ maxConnections: 2 });
    const knocks = [await knock(port), await knock(port), await knock(port)];
    expect(statuses(knocks)).to.deep.equal([101, 101, 503]);
    expect(knocks[2]?.response.headers["retry-after"]).to.equal("10");
    expect(knocks[2]?.response.body).to.contain("as many connections as it takes");
  });

  it("answers one too many of an address with 429, and lets others in", async () => {
    const { port } = await serve({ maxConnectionsPerAddress: 1 });
    const knocks = [await knock(port), await knock(port), await knock(port, "127.0.0.2")];
    expect(statuses(knocks)).to.deep.equal([101, 429, 101]);
    expect(knocks[1]?.response.headers["retry-after"]).to.equal("10");
  });

  it("has no limit by default", async () => {
    const { port } = await serve({});
    const knocks = await Promise.all(Array.from({ length: 50 }, () => knock(port)));
    expect(new Set(statuses(knocks))).to.deep.equal(new Set([101]));
  });

  it("goes through the app's error handler, as any refusal", async () => {
    const app = quietApp().get("/", view);
    const apologize: ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(error.status).set(error.headers).json({ sorry: error.message });
    };
    app.use(apologize);
    const { port } = await network.serve(app, { maxConnections: 1 });
    await knock(port);
    const { response } = await knock(port);
    expect(response.status).to.equal(503);
    expect(JSON.parse(response.body)).to.have.property("sorry");
  });

  it("frees a place when the connection is closed, or breaks", async () => {
    const { port, server } = await serve({ maxConnections: 1, maxConnectionsPerAddress: 1 });
    for (let n = 0; n < 3; n++) {
      const { raw, response } = await knock(port);
      expect(response.status).to.equal(101);
      if (n === 1) raw.reset();
      else {
        raw.write(closeFrame(1000));
        await readClose(raw);
        await raw.readToEnd();
      }
      await untilFree(server);
    }
  });

  it("counts handshakes on their way: those that wait for each other's place do not share it", async () => {
    const released = deferred();
    const { port } = await serve({ maxConnections: 3 }, async (req, res, next) => {
      await released.promise;
      view(req, res, next);
    });
    const knocks = Array.from({ length: 10 }, () => knock(port));
    await nextTurn();
    released.resolve();
    const sorted = statuses(await Promise.all(knocks)).sort();
    expect(sorted).to.deep.equal([101, 101, 101, 503, 503, 503, 503, 503, 503, 503]);
  });

  it("keeps no place for a peer that goes before the 101 has left", async () => {
    const arrived = deferred();
    const released = deferred();
    const { port, server } = await serve({ maxConnections: 1 }, async (req, res, next) => {
      arrived.resolve();
      await released.promise;
      view(req, res, next);
    });
    const raw = await network.dial(port);
    raw.write(handshakeText());
    await arrived.promise;
    raw.reset();
    released.resolve();
    await untilFree(server);
    expect((await knock(port)).response.status).to.equal(101);
  });

  it("keeps no place for a request that was answered already", async () => {
    const { port, server } = await serve({ maxConnections: 1 }, async (req, res) => {
      res.write("Not a WebSocket");
      const error = await accept(req, res).catch((failure: unknown) => failure);
      res.end(`: ${Reflect.get(Object(error), "code")}`);
    });
    const { raw } = await knock(port);
    expect(String(await raw.readToEnd())).to.contain("ERR_HTTP_HEADERS_SENT");
    expect(hookOf(server)?.places.taken).to.equal(0);
  });

  it("counts the addresses that a trusted proxy forwards", async () => {
    const { port } = await serve({ maxConnectionsPerAddress: 1 }, view, "loopback");
    const from = (address: string) => knock(port, undefined, { "X-Forwarded-For": address });
    const addresses = [
      "192.0.2.1",
      "192.0.2.2",
      "192.0.2.1",
      "2001:db8::1",
      "2001:db8::2",
      "2001:db8:0:1::2",
    ];
    const knocks = [];
    for (const address of addresses) knocks.push(await from(address));
    expect(statuses(knocks)).to.deep.equal([101, 101, 429, 101, 429, 101]);
  });

  it("believes no proxy that Express does not trust", async () => {
    const { port } = await serve({ maxConnectionsPerAddress: 1 });
    const knocks = [
      await knock(port, undefined, { "X-Forwarded-For": "192.0.2.1" }),
      await knock(port, undefined, { "X-Forwarded-For": "192.0.2.2" }),
    ];
    expect(statuses(knocks)).to.deep.equal([101, 429]);
  });

  it("counts plain requests not at all", async () => {
    const app = quietApp()
      .get("/", view)
      .get("/page", (_req, res) => {
        res.send("A page");
      });
    const { port, url } = await network.serve(app, { maxConnections: 1, maxConnectionsPerAddress: 1 });
    await knock(port);
    for (let n = 0; n < 3; n++) expect((await fetch(`${url}/page`)).status).to.equal(200);
  });
});
