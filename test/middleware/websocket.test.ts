import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { Connection } from "../../middleware/connection.ts";
import { ConnectionClosedError, HandshakeError, WebSocketError } from "../../middleware/errors.ts";
import { type Handler, type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { rejection } from "../support/rejection.ts";
import { LONG } from "../support/timeouts.ts";
import { until } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("websocket", () => {
  const network = useNetwork();

  /** Opens a client on a view; gives it, and what the view reports. */
  async function openOn(handler: Handler, options: ViewOptions = {}) {
    const reports: [error: unknown, request: string][] = [];
    const onError: ViewOptions["onError"] = (...report) => reports.push(report);
    const { wsUrl } = await network.serveView(handler, { onError, ...options });
    return { client: await network.open(`${wsUrl}/?a=1`), reports };
  }

  /** An app whose error handler hands on what it gets. */
  function appWithErrors(): { app: Express; errors: unknown[]; handle: ErrorRequestHandler } {
    const errors: unknown[] = [];
    const handle: ErrorRequestHandler = (error, _req, res, _next) => {
      errors.push(error);
      res.status(error.status).set(error.headers).json({ error: error.message });
    };
    return { app: express(), errors, handle };
  }

  it("returns a function of its own name, so that traces read well", () => {
    expect(websocket(() => {}).name).to.equal("websocket");
  });

  it("throws a TypeError at once for a handler that is no function", () => {
    for (const wrong of [undefined, null, "echo", {}]) {
      expect(() => Reflect.apply(websocket, null, [wrong])).to.throw(TypeError, "handler");
    }
  });

  it("throws a TypeError at once for options that make no sense", () => {
    expect(() => Reflect.apply(websocket, null, [() => {}, { protocol: "v1" }])).to.throw(
      TypeError,
      '"protocol"',
    );
    expect(() => websocket(() => {}, { maxPayload: -1 })).to.throw(TypeError, '"maxPayload"');
    expect(() => Reflect.apply(websocket, null, [() => {}, { fallthrough: "yes" }])).to.throw(
      TypeError,
      '"fallthrough"',
    );
  });

  describe("its route", () => {
    it("gives the handler the request: params, query, and what middleware has set", async () => {
      const app = quietApp();
      app.use((req, _res, next) => {
        Object.assign(req, { user: "Brian" });
        next();
      });
      app.get(
        "/echo/:name",
        websocket((ws, req) =>
          ws.send(JSON.stringify([req.params.name, req.query, Reflect.get(req, "user")])),
        ),
      );
      const { wsUrl } = await network.serve(app);
      const client = await network.open(`${wsUrl}/echo/caf%C3%A9?a=1`);
      expect(await client.next()).to.equal('["café",{"a":"1"},"Brian"]');
    });

    it("may lie in a mounted router, with the params of its parent", async () => {
      const rooms = express.Router({ mergeParams: true });
      rooms.get(
        "/ws/:seat",
        websocket<{ room: string; seat: string }>((ws, req) =>
          ws.send(`${req.baseUrl} ${req.params.room} ${req.params.seat}`),
        ),
      );
      const { wsUrl } = await network.serve(quietApp().use("/rooms/:room", rooms));
      expect(await (await network.open(`${wsUrl}/rooms/7/ws/b`)).next()).to.equal("/rooms/7 7 b");
    });

    it("runs param callbacks and several middlewares before the view", async () => {
      const app = quietApp();
      const steps: string[] = [];
      app.param("id", (_req, _res, next, id) => {
        steps.push(`param ${id}`);
        next();
      });
      app.get(
        "/:id",
        (_req, _res, next) => {
          steps.push("middleware");
          next();
        },
        websocket((ws) => ws.send(steps.join())),
      );
      const { wsUrl } = await network.serve(app);
      expect(await (await network.open(`${wsUrl}/5`)).next()).to.equal("param 5,middleware");
    });
  });

  describe("a plain HTTP request", () => {
    it("gets 426 with an Upgrade header, through the app's error handler", async () => {
      const { app, errors, handle } = appWithErrors();
      const { url } = await network.serve(
        app
          .get(
            "/",
            websocket(() => {}),
          )
          .use(handle),
      );
      const response = await fetch(url);
      expect(response.status).to.equal(426);
      expect(response.headers.get("upgrade")).to.equal("websocket");
      expect(await response.json()).to.deep.equal({ error: (errors[0] as HandshakeError).message });
      expect(errors).to.have.length(1);
      expect(errors[0]).to.be.an.instanceOf(HandshakeError);
    });

    it("gets 426 with an Upgrade header from Express's own error handler", async () => {
      const { url } = await network.serveView(() => {});
      const response = await fetch(url);
      expect([response.status, response.headers.get("upgrade")]).to.deep.equal([426, "websocket"]);
      expect(await response.text()).to.contain("WebSocket");
    });

    it("goes on to the page that shares the URL, with fallthrough", async () => {
      const app = quietApp();
      app.get(
        "/",
        websocket((ws) => ws.send("socket"), { fallthrough: true }),
      );
      app.get("/", (_req, res) => res.send("page"));
      const { url, wsUrl } = await network.serve(app);
      expect(await (await fetch(url)).text()).to.equal("page");
      expect(await (await network.open(wsUrl)).next()).to.equal("socket");
    });

    it("does not go on if it asks for a WebSocket in a malformed way, with fallthrough", async () => {
      const app = quietApp();
      app.get(
        "/",
        websocket(() => {}, { fallthrough: true }),
        (_req, res) => res.send("page"),
      );
      const { port } = await network.serve(app);
      const raw = await network.dial(port);
      raw.write(handshakeText("/", { "Sec-WebSocket-Key": "x" }));
      expect((await readResponse(raw)).status).to.equal(400);
    });
  });

  it("says on a server that was never hooked what to call", async () => {
    const { app, errors, handle } = appWithErrors();
    app.get("/", websocket(echo)).use(handle);
    // Without an `upgrade` listener Node serves the request as a plain one, to Express and the view.
    const raw = await network.dial(await network.listen(createServer(app)));
    raw.write(handshakeText());
    const { status, body } = await readResponse(raw);
    expect(status).to.equal(500);
    expect(body).to.contain("hookUpgrades");
    expect(errors).to.have.length(1);
  });

  describe("when the handler ends", () => {
    it("closes with 1000 after it has returned", async () => {
      const { client, reports } = await openOn(async (ws) => {
        await ws.send("Goodbye!");
      });
      expect(await client.next()).to.equal("Goodbye!");
      expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
      expect(reports).to.deep.equal([]);
    });

    it("closes with 1000 after one that is not async has returned", async () => {
      const { client } = await openOn((ws) => {
        ws.send("Goodbye!");
        ws.send("Really!");
      });
      expect(await client.take(2)).to.deep.equal(["Goodbye!", "Really!"]);
      expect((await client.closed).code).to.equal(1000);
    });

    it("closes with 1011 after it has thrown, and reports that once, with method and URL", async () => {
      const failure = new Error("Spam!");
      const { client, reports } = await openOn(async (ws) => {
        ws.send("first");
        throw failure;
      });
      expect(await client.next()).to.equal("first");
      expect((await client.closed).code).to.equal(1011);
      expect(reports).to.deep.equal([[failure, "GET /?a=1"]]);
    });

    it("tells the peer nothing of what it has thrown", async () => {
      const { client } = await openOn(async () => {
        throw new Error("password: hunter2");
      });
      expect((await client.closed).reason).not.to.contain("hunter2");
    });

    it("closes with 1011 after one that is not async has thrown, whatever it throws", async () => {
      for (const thrown of [new Error("Spam!"), "Spam!", undefined, null]) {
        const { client, reports } = await openOn(() => {
          throw thrown;
        });
        expect((await client.closed).code).to.equal(1011);
        expect(reports).to.deep.equal([[thrown, "GET /?a=1"]]);
      }
    });

    it("closes with the code and reason of a WebSocketError, and does not report it", async () => {
      const { client, reports } = await openOn(async () => {
        throw new WebSocketError(4001, "é".repeat(100));
      });
      expect(await client.closed).to.deep.equal({ code: 4001, reason: "é".repeat(61) });
      expect(reports).to.deep.equal([]);
    });

    it("names the request as the client wrote it, also in a mounted router", async () => {
      const reported = deferred<string>();
      const router = express.Router();
      router.get(
        "/ws",
        websocket(() => Promise.reject(new Error()), { onError: (_, name) => reported.resolve(name) }),
      );
      const { wsUrl } = await network.serve(quietApp().use("/rooms", router));
      await network.open(`${wsUrl}/rooms/ws?a=1`);
      expect(await reported.promise).to.equal("GET /rooms/ws?a=1");
    });

    it("closes the connection and goes on although onError throws, at once or later", async () => {
      function fail(): never {
        throw new Error("The log is full");
      }
      for (const onError of [fail, async () => fail()]) {
        const logged = await withConsole(async () => {
          const { client } = await openOn(() => Promise.reject(new Error("Spam!")), { onError });
          expect((await client.closed).code).to.equal(1011);
        });
        expect(logged).to.contain("The log is full").and.to.contain("Spam!");
      }
    });
  });

  describe("when the peer has left", () => {
    /** Runs a handler whose peer resets; gives what is reported. */
    async function reportsAfterReset(handler: (ws: Connection) => Promise<unknown>): Promise<unknown[]> {
      const reports: unknown[] = [];
      const ended = deferred();
      const { port } = await network.serveView(
        (ws) => handler(ws).finally(() => setImmediate(ended.resolve)),
        { onError: (error) => reports.push(error) },
      );
      (await network.shake(port)).reset();
      await ended.promise;
      return reports;
    }

    it("does not report that recv rejects", async () => {
      expect(await reportsAfterReset((ws) => ws.recv())).to.deep.equal([]);
    });

    it("does not report the end of its own connection, rethrown by whatever way", async () => {
      expect(
        await reportsAfterReset(async (ws) => {
          await ws.closed;
          throw await rejection(ws.send("late"));
        }),
      ).to.deep.equal([]);
      expect(
        await reportsAfterReset(async (ws) => {
          await until(ws.signal, "abort");
          ws.signal.throwIfAborted();
        }),
      ).to.deep.equal([]);
    });

    it("does not report the AbortError of what waited with the connection's signal", async () => {
      expect(await reportsAfterReset((ws) => sleep(LONG, undefined, { signal: ws.signal }))).to.deep.equal(
        [],
      );
    });

    it("reports any other error", async () => {
      const failure = new Error("Spam!");
      expect(
        await reportsAfterReset(async (ws) => {
          await ws.closed;
          throw failure;
        }),
      ).to.deep.equal([failure]);
    });

    it("reports the end of another connection", async () => {
      const foreign = new ConnectionClosedError(1006, "");
      expect(
        await reportsAfterReset(async (ws) => {
          await ws.closed;
          throw foreign;
        }),
      ).to.deep.equal([foreign]);
    });
  });

  it("reports to console.error by default", async () => {
    const logged = await withConsole(async () => {
      const { wsUrl } = await network.serveView(() => Promise.reject(new Error("Spam!")));
      await (await network.open(wsUrl)).closed;
    });
    expect(logged).to.contain("GET /").and.to.contain("Spam!");
  });
});

/** What is printed with `console.error` meanwhile. */
async function withConsole(run: () => Promise<void>): Promise<string> {
  const { error } = console;
  const lines: string[] = [];
  console.error = (...args: unknown[]) => lines.push(args.join(" "));
  try {
    await run();
  } finally {
    console.error = error;
  }
  return lines.join("\n");
}
