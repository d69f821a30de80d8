import { Readable } from "node:stream";
import { expect } from "chai";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import morgan from "morgan";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { createGate } from "../support/gate.ts";
import { mayReject } from "../support/may-reject.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, frame, readClose, readText, TEXT } from "../support/raw-frames.ts";
import { handshakeText, type RawResponse, readResponse, requestText } from "../support/raw-http.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { LONG } from "../support/timeouts.ts";
import { useFile } from "../support/use-file.ts";
import { useNetwork } from "../support/use-network.ts";

describe("an upgrade request in the app's pipeline", () => {
  const network = useNetwork();

  async function dialApp(app: Express): Promise<RawSocket> {
    const { port } = await network.serve(app);
    return network.dial(port);
  }

  /** Connects to an app with these middlewares before its view, an echo. */
  function dialThrough(...middleware: RequestHandler[]): Promise<RawSocket> {
    const app = quietApp();
    for (const step of middleware) app.use(step);
    return dialApp(app.get("/", websocket(echo)));
  }

  async function answerThrough(...middleware: RequestHandler[]): Promise<RawResponse> {
    const raw = await dialThrough(...middleware);
    raw.write(handshakeText());
    return readResponse(raw);
  }

  describe("what the client sends early", () => {
    it("is received in order, whatever awaits before the view", async () => {
      const gate = createGate();
      const raw = await dialThrough(gate.pass);
      raw.write(handshakeText(), frame(TEXT, "with"), frame(TEXT, "the"));
      await gate.arrived;
      raw.write(frame(TEXT, "right"), frame(TEXT, "after").subarray(0, 4));
      gate.open();
      raw.write(frame(TEXT, "after").subarray(4));
      expect((await readResponse(raw)).status).to.equal(101);
      raw.write(frame(TEXT, "later"));
      const texts = [
        await readText(raw),
        await readText(raw),
        await readText(raw),
        await readText(raw),
        await readText(raw),
      ];
      expect(texts).to.deep.equal(["with", "the", "right", "after", "later"]);
    });

    it("is received although a middleware reads the request's body", async () => {
      const released = deferred();
      const raw = await dialThrough(async (req, _res, next) => {
        for await (const chunk of req) expect(chunk).to.equal(undefined);
        await released.promise;
        next();
      });
      raw.write(handshakeText(), frame(TEXT, "with"));
      await new Promise((resolve) => raw.socket.write(frame(TEXT, "after"), resolve));
      released.resolve();
      await readResponse(raw);
      expect([await readText(raw), await readText(raw)]).to.deep.equal(["with", "after"]);
    });

    it("is received up to the peer's close, which comes before the 101", async () => {
      const released = deferred();
      const raw = await dialThrough(async (_req, _res, next) => {
        await released.promise;
        next();
      });
      raw.write(handshakeText(), frame(TEXT, "hi"), closeFrame(1000));
      released.resolve();
      await readResponse(raw);
      expect(await readClose(raw)).to.deep.equal({ code: 1000, reason: "" });
    });

    it("is received although Node had paused the socket for answers that come first", async () => {
      const [arrived, answered, reached, released] = [deferred(), deferred(), deferred(), deferred()];
      const app = quietApp();
      app.get("/slow", async (_req, res) => {
        await answered.promise;
        res.send("slow");
      });
      app.get("/large", (_req, res) => {
        res.send("x".repeat(100_000));
      });
      app.get("/small", (_req, res) => {
        res.send("small");
      });
      app.use(async (_req, _res, next) => {
        reached.resolve();
        await released.promise;
        next();
      });
      const { port, server } = await network.serve(app.get("/", websocket(echo)));
      server.once("upgrade", () => arrived.resolve());
      const raw = await network.dial(port);
      raw.write(requestText("/slow"), requestText("/large"), requestText("/small"), handshakeText());
      await arrived.promise;
      answered.resolve();
      for (let n = 0; n < 3; n++) await readResponse(raw);
      await reached.promise;
      await new Promise((resolve) => raw.socket.write(frame(TEXT, "late"), resolve));
      await readPast(port);
      released.resolve();
      await readResponse(raw);
      expect(await readText(raw)).to.equal("late");
    });

    /** Waits for an answer on another connection: what was sent before has been read by then. */
    async function readPast(port: number): Promise<void> {
      const other = await network.dial(port);
      other.write(requestText("/small"));
      await readResponse(other);
    }

    it("is not taken for the body of the request", async () => {
      const raw = await dialThrough(express.text({ type: () => true }), (req, _res, next) => {
        // What Express 4 makes of no body.
        expect(req.body ?? {}).to.deep.equal({});
        next();
      });
      raw.write(handshakeText("/", { "Content-Type": "text/plain" }), frame(TEXT, "with"));
      await readResponse(raw);
      expect(await readText(raw)).to.equal("with");
    });
  });

  describe("what middleware has set", () => {
    it("is on the 101: headers and cookies", async () => {
      const { headers } = await answerThrough((_req, res, next) => {
        res.set({ "X-Request-Id": "7", Vary: "Cookie" }).cookie("a", "1").cookie("b", "2");
        next();
      });
      expect(headers).to.deep.include({
        "x-request-id": "7",
        vary: "Cookie",
        "set-cookie": "a=1; Path=/, b=2; Path=/",
        "x-powered-by": "Express",
      });
    });

    it("is not on the 101 where it has no place there", async () => {
      const { status, headers } = await answerThrough((_req, res, next) => {
        res.set({
          "Content-Type": "text/html",
          "Content-Length": "5",
          "Content-Security-Policy": "default-src 'self'",
          "Transfer-Encoding": "chunked",
          Connection: "close",
          "Keep-Alive": "timeout=5",
          Trailer: "X",
          Upgrade: "h2c",
          "Proxy-Authenticate": "Basic",
          "Sec-WebSocket-Accept": "forged",
          "Sec-WebSocket-Protocol": "forged",
          "Sec-WebSocket-Extensions": "permessage-deflate",
        });
        next();
      });
      expect(status).to.equal(101);
      expect(Object.keys(headers).sort()).to.deep.equal(
        ["connection", "date", "sec-websocket-accept", "upgrade", "x-powered-by"].sort(),
      );
      expect(headers).to.deep.include({ connection: "Upgrade", upgrade: "websocket" });
      expect(headers["sec-websocket-accept"]).not.to.contain("forged");
    });

    it("is on the 101 if it is set when the headers are written", async () => {
      const { headers } = await answerThrough((_req, res, next) => {
        const { writeHead } = res;
        res.writeHead = function patched(this: typeof res, ...args: unknown[]) {
          this.setHeader("X-Response-Time", "1ms");
          return Reflect.apply(writeHead, this, args);
        };
        next();
      });
      expect(headers["x-response-time"]).to.equal("1ms");
    });

    it("is stored before the 101 leaves, where the end of the response waits for it", async () => {
      const [ending, stored] = [deferred(), deferred()];
      const raw = await dialThrough((_req, res, next) => {
        const { end } = res;
        res.end = function patched(this: typeof res, ...args: unknown[]) {
          ending.resolve();
          stored.promise.then(() => Reflect.apply(end, this, args));
          return this;
        };
        next();
      });
      raw.write(handshakeText(), frame(TEXT, "early"));
      await ending.promise;
      expect(raw.received).to.have.length(0);
      stored.resolve();
      expect((await readResponse(raw)).status).to.equal(101);
      expect(await readText(raw)).to.equal("early");
    });
  });

  it("is logged by morgan in one line, with status 101", async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => lines.push(line) };
    const log = morgan(":method :url :status", { stream });
    const raw = await dialApp(quietApp().use(log).get("/", websocket(echo)));
    raw.write(handshakeText(), frame(TEXT, "hi"));
    await readResponse(raw);
    await readText(raw);
    raw.write(closeFrame(1000));
    await readClose(raw);
    await raw.readToEnd();
    expect(lines).to.deep.equal(["GET / 101\n"]);
  });

  describe("refused in plain HTTP", () => {
    it("gets the status, the headers and the body, and the connection closes", async () => {
      const raw = await dialThrough((_req, res) => {
        res.status(401).set("WWW-Authenticate", "Basic").json({ error: "Who are you?" });
      });
      raw.write(handshakeText());
      const { status, headers, body } = await readResponse(raw);
      expect([status, headers["www-authenticate"], body]).to.deep.equal([
        401,
        "Basic",
        '{"error":"Who are you?"}',
      ]);
      expect(headers.connection).to.equal("close");
      expect(await raw.readToEnd()).to.have.length(0);
      expect(raw.end).to.equal("fin");
    });

    it("gets a redirect", async () => {
      const { status, headers } = await answerThrough((_req, res) => res.redirect("/login"));
      expect([status, headers.location]).to.deep.equal([302, "/login"]);
    });

    it("gets the app's own 404 on an unknown path", async () => {
      const raw = await dialApp(quietApp().use((_req, res) => res.status(404).send("Nobody expects it")));
      raw.write(handshakeText("/nowhere"));
      expect(await readResponse(raw)).to.deep.include({ status: 404, body: "Nobody expects it" });
    });

    it("gets the answer of the app's error handler when an async middleware throws", async () => {
      const app = quietApp().use(
        mayReject(async () => {
          await Promise.resolve();
          throw new Error("Short and stout");
        }),
      );
      const teapot: ErrorRequestHandler = (error, _req, res, _next) => res.status(418).send(error.message);
      const raw = await dialApp(app.use(teapot));
      raw.write(handshakeText());
      expect(await readResponse(raw)).to.deep.include({ status: 418, body: "Short and stout" });
    });

    it("gets the answer of Express's own error handler when nobody else does", async () => {
      const { status } = await answerThrough(mayReject(() => Promise.reject(new Error("Spam!"))));
      expect(status).to.equal(500);
    });
  });

  describe("refused with a large body", () => {
    const MEGABYTE = Buffer.alloc(1_000_000, "spam ");
    const file = useFile(MEGABYTE);

    it("gets all of it, although it has sent frames meanwhile", async () => {
      const raw = await dialThrough((_req, res) => res.status(403).send(MEGABYTE));
      raw.write(handshakeText(), frame(TEXT, "x".repeat(100_000)));
      for (let n = 0; n < 10; n++) raw.write(frame(TEXT, "x".repeat(100_000)));
      const { status, body } = await readResponse(raw);
      expect([status, body === MEGABYTE.toString()]).to.deep.equal([403, true]);
      expect(await raw.readToEnd()).to.have.length(0);
      expect(raw.end).to.equal("fin");
    });

    it("gets all of it from a stream that waits for the socket to take more", async () => {
      const raw = await dialThrough((_req, res) => {
        res.writeHead(403, { "Content-Length": 8 * MEGABYTE.length });
        Readable.from(Array.from({ length: 8 }, () => MEGABYTE)).pipe(res);
      });
      raw.socket.pause();
      raw.write(handshakeText());
      setImmediate(() => raw.socket.resume());
      const head = await raw.readUntil("\r\n\r\n");
      expect(head).to.contain(" 403 ");
      expect(await raw.readToEnd()).to.have.length(8 * MEGABYTE.length);
    });

    it("gets all of it from a file", async () => {
      const raw = await dialThrough((_req, res) => res.status(403).sendFile(file()));
      raw.write(handshakeText());
      expect((await readResponse(raw)).body).to.have.length(MEGABYTE.length);
    });
  });

  it("is answered after the requests that were sent before it, however slow they are", async () => {
    const [arrived, released] = [deferred(), deferred()];
    const app = quietApp();
    app.get("/slow", async (_req, res) => {
      arrived.resolve();
      await released.promise;
      res.send("slow");
    });
    app.get("/quick", (_req, res) => res.send("quick"));
    const { port } = await network.serve(app.get("/", websocket(echo)));
    const raw = await network.dial(port);
    raw.write(requestText("/slow"), requestText("/quick"), handshakeText(), frame(TEXT, "early"));
    await arrived.promise;
    expect(raw.received).to.have.length(0);
    released.resolve();
    expect((await readResponse(raw)).body).to.equal("slow");
    expect((await readResponse(raw)).body).to.equal("quick");
    expect((await readResponse(raw)).status).to.equal(101);
    expect(await readText(raw)).to.equal("early");
  });

  it("is not served on a connection that an earlier answer closes", async () => {
    const seen: string[] = [];
    const { port } = await network.serve((req, res) => {
      seen.push(req.url ?? "");
      setImmediate(() => res.setHeader("Connection", "close").end("bye"));
    });
    const raw = await network.dial(port);
    raw.write(requestText("/first"), handshakeText("/second"));
    await readResponse(raw).catch(() => {});
    raw.socket.end();
    await raw.readToEnd();
    expect(seen).to.deep.equal(["/first"]);
  });

  it("does not open a WebSocket behind another answer than a 101", async () => {
    const seen: unknown[] = [];
    const app = quietApp();
    app.get("/", (_req, res, next) => {
      res.status(503).send("Too slow");
      next();
    });
    app.get(
      "/",
      websocket(() => seen.push("handler")),
    );
    const note: ErrorRequestHandler = (error, _req, _res, _next) => seen.push(error.code);
    const raw = await dialApp(app.use(note));
    raw.write(handshakeText(), frame(TEXT, "early"));
    expect(await readResponse(raw)).to.deep.include({ status: 503, body: "Too slow" });
    expect(await raw.readToEnd()).to.have.length(0);
    expect(seen).to.deep.equal(["ERR_HTTP_HEADERS_SENT"]);
  });

  describe("as its middleware sees it", () => {
    /** Notes how often the request and the response finish and close; `closed` resolves when both are closed. */
    function watch() {
      const counts = { finish: 0, resClose: 0, reqClose: 0 };
      const [resClosed, reqClosed] = [deferred(), deferred()];
      const middleware: RequestHandler = (req, res, next) => {
        res.on("finish", () => {
          counts.finish += 1;
        });
        res.on("close", () => {
          counts.resClose += 1;
          resClosed.resolve();
        });
        req.on("close", () => {
          counts.reqClose += 1;
          reqClosed.resolve();
        });
        next();
      };
      return { counts, middleware, closed: Promise.all([resClosed.promise, reqClosed.promise]) };
    }

    it("finishes and closes once when it is accepted", async () => {
      const { counts, closed, middleware } = watch();
      const raw = await dialThrough(middleware);
      raw.write(handshakeText());
      await closed;
      raw.write(frame(TEXT, "open"));
      await readResponse(raw);
      expect(await readText(raw)).to.equal("open");
      raw.write(closeFrame(1000));
      await readClose(raw);
      await raw.readToEnd();
      expect(counts).to.deep.equal({ finish: 1, resClose: 1, reqClose: 1 });
    });

    it("finishes and closes once when it is refused", async () => {
      const { counts, closed, middleware } = watch();
      const raw = await dialThrough(middleware, (_req, res) => res.sendStatus(403));
      raw.write(handshakeText());
      await closed;
      await raw.readToEnd();
      expect(counts).to.deep.equal({ finish: 1, resClose: 1, reqClose: 1 });
    });

    it("closes once, unfinished, when the peer resets before the answer", async () => {
      const { counts, closed, middleware } = watch();
      const arrived = deferred();
      const raw = await dialThrough(middleware, (req, _res, next) => {
        arrived.resolve();
        // Node reads nothing now; what tells it of the reset is the next write.
        req.socket.resume();
        req.socket.once("close", () => next());
      });
      raw.write(handshakeText());
      await arrived.promise;
      raw.reset();
      await closed;
      expect(counts).to.deep.equal({ finish: 0, resClose: 1, reqClose: 1 });
    });
  });

  it("leaves no timeout on the socket of a connection", async () => {
    const arrived = deferred<number | undefined>();
    const server = await network.serveView((ws, req) => {
      arrived.resolve(req.socket.timeout);
      return ws.closed;
    });
    server.server.setTimeout(LONG);
    await network.shake(server.port);
    expect(await arrived.promise).to.equal(0);
  });
});
