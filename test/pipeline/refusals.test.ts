import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { UnexpectedResponse } from "../../middleware/errors.ts";
import { websocket } from "../../middleware/index.ts";
import { ask } from "../support/ask.ts";
import { deferred } from "../support/deferred.ts";
import { mayReject } from "../support/may-reject.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText } from "../support/raw-http.ts";
import { rejection } from "../support/rejection.ts";
import { useNetwork } from "../support/use-network.ts";

const VIEWS = fileURLToPath(new URL("views", import.meta.url));

describe("a refusal before the 101", () => {
  const network = useNetwork();

  /** An app whose one WebSocket stands behind a guard, and that renders with EJS. */
  function guarded(guard: RequestHandler) {
    const app = quietApp().set("views", VIEWS).set("view engine", "ejs");
    return app.get(
      "/",
      guard,
      websocket(() => {
        throw new Error("The handler ran");
      }),
    );
  }

  async function refusedBy(guard: RequestHandler) {
    const { port } = await network.serve(guarded(guard));
    const { raw, ...response } = await ask(network, port);
    await raw.readToEnd();
    return response;
  }

  it("is a whole HTTP answer: status, headers and body", async () => {
    const { status, headers, body } = await refusedBy((_req, res) => {
      res
        .status(401)
        .set("WWW-Authenticate", 'Bearer realm="chat"')
        .cookie("tried", "1")
        .send("Who are you?");
    });
    expect({ status, body }).to.deep.equal({ status: 401, body: "Who are you?" });
    expect(headers).to.include({
      "www-authenticate": 'Bearer realm="chat"',
      "set-cookie": "tried=1; Path=/",
      "content-type": "text/html; charset=utf-8",
      "content-length": "12",
      connection: "close",
    });
    expect(headers).not.to.have.property("sec-websocket-accept");
  });

  it("may be a redirect", async () => {
    const { status, headers } = await refusedBy((_req, res) => res.redirect("/login"));
    expect({ status, location: headers.location }).to.deep.equal({ status: 302, location: "/login" });
  });

  it("may be JSON", async () => {
    const { status, headers, body } = await refusedBy((_req, res) => {
      res.status(403).json({ reason: "Members only" });
    });
    expect(status).to.equal(403);
    expect(headers["content-type"]).to.equal("application/json; charset=utf-8");
    expect(JSON.parse(body)).to.deep.equal({ reason: "Members only" });
  });

  it("may be a rendered page", async () => {
    const { status, headers, body } = await refusedBy((_req, res) => {
      res.status(402).render("refused", { reason: "Pay <first>" });
    });
    expect(status).to.equal(402);
    expect(headers["content-type"]).to.equal("text/html; charset=utf-8");
    expect(body).to.contain("<title>Refused</title>").and.contain("<p>Pay &lt;first&gt;</p>");
  });

  it("may be a file", async () => {
    const { status, headers, body } = await refusedBy((_req, res) => {
      res.status(403).sendFile("refused.ejs", { root: VIEWS });
    });
    expect(status).to.equal(403);
    expect(headers).to.include.keys("etag", "last-modified");
    expect(body).to.contain("<title>Refused</title>");
  });

  it("may be streamed, piece by piece", async () => {
    const { port } = await network.serve(
      guarded((_req, res) => {
        res.status(403).write("Members ");
        res.end("only");
      }),
    );
    const error = await rejection(network.connect(`ws://localhost:${port}`));
    expect(error).to.be.instanceOf(UnexpectedResponse);
    expect(error).to.have.property("response").that.includes({ status: 403, text: "Members only" });
  });

  it("may come after the guard has awaited something", async () => {
    const { status } = await refusedBy(async (_req, res) => {
      await nextTurn();
      res.sendStatus(401);
    });
    expect(status).to.equal(401);
  });

  it("is the app's own 404 for a path that no route knows", async () => {
    const app = guarded((_req, _res, next) => next()).use((req, res) => {
      res.status(404).send(`Nothing at ${req.originalUrl}`);
    });
    const { port } = await network.serve(app);
    const { status, body } = await ask(network, port, "/nowhere?a=b");
    expect({ status, body }).to.deep.equal({ status: 404, body: "Nothing at /nowhere?a=b" });
  });

  it("is the app's own 404 for a path that has a page and no WebSocket", async () => {
    const app = quietApp().post("/page", (_req, res) => {
      res.send("Posted");
    });
    const { port } = await network.serve(app);
    const { status, body } = await ask(network, port, "/page");
    expect(status).to.equal(404);
    expect(body).to.contain("Cannot GET /page");
  });
});

describe("an error in the pipeline", () => {
  const network = useNetwork();

  const handleError: ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(503).json({ error: error.message });
  };

  for (const [how, middleware] of [
    ["thrown", mayReject(() => Promise.resolve().then(() => Promise.reject(new Error("No database"))))],
    ["passed to next", (_req, _res, next) => setImmediate(() => next(new Error("No database")))],
  ] satisfies [string, RequestHandler][]) {
    it(`goes to the app's error handler before the 101: ${how}`, async () => {
      const app = quietApp().get(
        "/",
        middleware,
        websocket(() => {}),
      );
      const { port } = await network.serve(app.use(handleError));
      const { status, body } = await ask(network, port);
      expect(status).to.equal(503);
      expect(JSON.parse(body)).to.deep.equal({ error: "No database" });
    });
  }

  it("closes with 1011 after the 101, and is reported once with the method and the URL", async () => {
    const reports: unknown[][] = [];
    const app = quietApp().get(
      "/room/:id",
      websocket(
        async (ws) => {
          await ws.recv();
          throw new Error("No database");
        },
        { onError: (...report) => reports.push(report) },
      ),
    );
    const { wsUrl } = await network.serve(app.use(handleError));
    const ws = await network.connect(`${wsUrl}/room/7?since=3`);
    await ws.send("Hello");
    expect((await ws.closed).code).to.equal(1011);
    expect(reports.map(([error, request]) => [String(error), request])).to.deep.equal([
      ["Error: No database", "GET /room/7?since=3"],
    ]);
  });
});

describe("a reset in the handshake", () => {
  const network = useNetwork();

  it("is one finished request, whatever the pipeline does then", async () => {
    const [arrived, gone, done] = [deferred(), deferred(), deferred()];
    let ends = 0;
    const app = quietApp().get(
      "/",
      async (_req, res, next) => {
        res.once("close", () => {
          ends += 1;
          gone.resolve();
        });
        arrived.resolve();
        await gone.promise;
        next();
        done.resolve();
      },
      websocket(() => {
        throw new Error("The handler ran");
      }),
    );
    const { port } = await network.serve(app);
    const raw = await network.dial(port);
    raw.write(handshakeText());
    await arrived.promise;
    raw.reset();
    await done.promise;
    expect(ends).to.equal(1);
    expect((await ask(network, port, "/else")).status).to.equal(404);
  });

  it("does not stop a guard from refusing a client that is gone", async () => {
    const [arrived, gone] = [deferred(), deferred()];
    const answered = deferred();
    const { port } = await network.serve(
      quietApp().get("/", async (req, res) => {
        req.socket.once("close", () => gone.resolve());
        arrived.resolve();
        await gone.promise;
        res.status(401).send("Who are you?");
        answered.resolve();
      }),
    );
    const raw = await network.dial(port);
    raw.write(handshakeText());
    await arrived.promise;
    raw.reset();
    await answered.promise;
  });
});
