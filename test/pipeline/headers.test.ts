import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import compression from "compression";
import cors from "cors";
import type { RequestHandler } from "express";
import helmet from "helmet";
import responseTime from "response-time";
import { websocket } from "../../middleware/index.ts";
import { ask } from "../support/ask.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { frame, readText, TEXT } from "../support/raw-frames.ts";
import { SAMPLE_ACCEPT, SAMPLE_KEY } from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

describe("headers that middleware sets", () => {
  const network = useNetwork();

  /** A server that sends back what it receives, behind middleware; what it refuses is large. */
  async function echoBehind(...middleware: RequestHandler[]) {
    const app = quietApp().use(...middleware);
    app.get("/", websocket(echo, { origins: "*" }));
    app.use((_req, res) => {
      res.status(403).send("No. ".repeat(1000));
    });
    return network.serve(app);
  }

  /** What a handshake on such a server is answered with; the connection has to work. */
  async function opened(middleware: RequestHandler, headers?: Record<string, string>) {
    const { port } = await echoBehind(middleware);
    const answer = await ask(network, port, "/", headers);
    expect(answer.status).to.equal(101);
    answer.raw.write(frame(TEXT, "Hello"));
    expect(await readText(answer.raw)).to.equal("Hello");
    return answer.headers;
  }

  it("are on the 101: those of helmet", async () => {
    expect(await opened(helmet())).to.include({
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
      "referrer-policy": "no-referrer",
    });
  });

  it("are on the 101: those of cors, with credentials", async () => {
    const middleware = cors({ origin: "https://example.com", credentials: true });
    expect(await opened(middleware, { Origin: "https://example.com" })).to.include({
      "access-control-allow-origin": "https://example.com",
      "access-control-allow-credentials": "true",
      vary: "Origin",
    });
  });

  it("are on the 101: that of response-time", async () => {
    expect((await opened(responseTime()))["x-response-time"]).to.match(/^[\d.]+ms$/);
  });

  it("are on the 101: those of the app itself, one by one where a name is repeated", async () => {
    const headers = await opened((_req, res, next) => {
      res.set("X-Room", "7").append("Link", "<a>").append("Link", "<b>").cookie("a", "1").cookie("b", "2");
      next();
    });
    expect(headers).to.include({
      "x-room": "7",
      link: "<a>, <b>",
      "set-cookie": "a=1; Path=/, b=2; Path=/",
      "x-powered-by": "Express",
    });
  });

  it("are not on the 101 where they speak of a body, of the next hop or of the handshake", async () => {
    const headers = await opened((_req, res, next) => {
      res.set({
        "Content-Type": "text/html",
        "Content-Length": "5",
        "Content-Security-Policy": "default-src 'self'",
        "Transfer-Encoding": "chunked",
        Trailer: "Expires",
        Connection: "close",
        "Keep-Alive": "timeout=5",
        "Proxy-Authenticate": "Basic",
        Upgrade: "h2c",
        "Sec-WebSocket-Accept": "nonsense",
        "Sec-WebSocket-Protocol": "chat",
        "Sec-WebSocket-Extensions": "permessage-deflate",
      });
      next();
    });
    const { date: _date, ...rest } = headers;
    expect(rest).to.deep.equal({
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-accept": SAMPLE_ACCEPT,
      "x-powered-by": "Express",
    });
  });

  it("leave an app's preflight and its plain answers as they are", async () => {
    const { url } = await echoBehind(cors(), helmet());
    const preflight = await fetch(`${url}/`, { method: "OPTIONS" });
    expect(preflight.status).to.equal(204);
    const plain = await fetch(`${url}/page`);
    expect(plain.headers.get("content-security-policy")).to.contain("default-src 'self'");
    expect(plain.headers.get("access-control-allow-origin")).to.equal("*");
  });

  it("may be set when the head is written, by whatever wraps writeHead", async () => {
    const headers = await opened((_req, res, next) => {
      const { writeHead } = res;
      res.writeHead = function patched(this: typeof res, ...args: unknown[]) {
        this.setHeader("X-Late", "1");
        return Reflect.apply(writeHead, this, args);
      };
      next();
    });
    expect(headers["x-late"]).to.equal("1");
  });
});

describe("compression in the pipeline", () => {
  const network = useNetwork();

  it("leaves the 101 and the frames behind it as they are", async () => {
    const app = quietApp().use(compression({ threshold: 0 }));
    app.get(
      "/",
      websocket((ws) => ws.send("Hello ".repeat(1000))),
    );
    const { port } = await network.serve(app);
    const { status, headers, raw } = await ask(network, port, "/", { "Accept-Encoding": "gzip" });
    expect(status).to.equal(101);
    expect(headers).not.to.have.any.keys("content-encoding", "transfer-encoding");
    expect(await readText(raw)).to.equal("Hello ".repeat(1000));
  });

  it("compresses a refusal", async () => {
    const app = quietApp().use(compression({ threshold: 0 }), (_req, res) => {
      res.status(403).send("No. ".repeat(1000));
    });
    const { port } = await network.serve(app);
    const answered = deferred<{ encoding: string | undefined; body: Buffer }>();
    const headers = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Key": SAMPLE_KEY,
      "Sec-WebSocket-Version": "13",
      "Accept-Encoding": "gzip",
    };
    request({ port, headers }, async (res) => {
      answered.resolve({ encoding: res.headers["content-encoding"], body: await buffer(res) });
    }).end();
    const { encoding, body } = await answered.promise;
    expect(encoding).to.equal("gzip");
    expect(gunzipSync(body).toString()).to.equal("No. ".repeat(1000));
  });
});
