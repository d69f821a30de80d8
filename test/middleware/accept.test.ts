import { expect } from "chai";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { accept } from "../../middleware/accept.ts";
import type { Connection } from "../../middleware/connection.ts";
import { ConnectionClosedError, HandshakeError } from "../../middleware/errors.ts";
import { deferred } from "../support/deferred.ts";
import { mayReject } from "../support/may-reject.ts";
import { quietApp } from "../support/quiet-app.ts";
import { frame, readClose, readText, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { rejection } from "../support/rejection.ts";
import { useNetwork } from "../support/use-network.ts";

describe("accept", () => {
  const network = useNetwork();

  /** Connects to a view that is written by hand. */
  async function dialView(view: RequestHandler, trustProxy = false): Promise<RawSocket> {
    const { port } = await network.serve(quietApp().set("trust proxy", trustProxy).get("/", view));
    return network.dial(port);
  }

  it("resolves with the connection once the 101 has left; whoever accepts also closes", async () => {
    const raw = await dialView(async (req, res) => {
      const ws = await accept(req, res, { protocols: ["v1"] });
      await ws.send(`${res.statusCode} ${res.writableFinished} ${ws.protocol}`);
      await ws.send(String(await ws.recv()));
      await ws.close(4000, "Done");
    });
    raw.write(handshakeText("/", { "Sec-WebSocket-Protocol": "v1" }), frame(TEXT, "hi"));
    expect((await readResponse(raw)).headers["sec-websocket-protocol"]).to.equal("v1");
    expect([await readText(raw), await readText(raw)]).to.deep.equal(["101 true v1", "hi"]);
    expect(await readClose(raw)).to.deep.equal({ code: 4000, reason: "Done" });
  });

  it("lets a view decide for itself", async () => {
    const raw = await dialView(async (req, res) => {
      if (req.query.key !== "42") res.status(403).send("Wrong key");
      else await accept(req, res);
    });
    raw.write(handshakeText("/?key=41"));
    expect(await readResponse(raw)).to.deep.include({ status: 403, body: "Wrong key" });
  });

  it("leaves a connection open when its view ends", async () => {
    const opened = deferred<Connection>();
    const raw = await dialView(async (req, res) => opened.resolve(await accept(req, res)));
    raw.write(handshakeText());
    await readResponse(raw);
    const ws = await opened.promise;
    ws.send("still here");
    expect(await readText(raw)).to.equal("still here");
    expect(ws.signal.aborted).to.equal(false);
  });

  it("rejects with a HandshakeError and answers nothing: the view may answer in its own way", async () => {
    const refusals: [status: number, headers: Record<string, string>][] = [
      [400, { "Sec-WebSocket-Key": "x" }],
      [403, { Origin: "http://evil.example" }],
      [426, { "Sec-WebSocket-Version": "8" }],
    ];
    for (const [status, headers] of refusals) {
      const raw = await dialView(async (req, res) => {
        const error = await rejection(accept(req, res));
        res.json([error instanceof HandshakeError && error.status, res.headersSent, res.getHeaderNames()]);
      });
      raw.write(handshakeText("/", headers));
      const { status: answered, body } = await readResponse(raw);
      expect([answered, JSON.parse(body)]).to.deep.equal([200, [status, false, ["x-powered-by"]]]);
    }
  });

  it("rejects with a TypeError for options that make no sense", async () => {
    const raw = await dialView(async (req, res) => {
      const error = await rejection(accept(req, res, { maxPayload: -1 }));
      res.send(String(error instanceof TypeError));
    });
    raw.write(handshakeText());
    expect((await readResponse(raw)).body).to.equal("true");
  });

  it("rejects with 500 on a server that was never hooked, naming what to call", async () => {
    const headers = { upgrade: "websocket", connection: "upgrade", "sec-websocket-version": "13" };
    const req = {
      method: "GET",
      headers: { ...headers, "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" },
      rawHeaders: ["Host", "localhost"],
      socket: {},
    };
    const error = await rejection(Reflect.apply(accept, null, [req, {}]));
    expect(error).to.be.an.instanceOf(HandshakeError).and.to.include({ status: 500 });
    expect(String(error)).to.contain("hookUpgrades");
  });

  it("rejects with ConnectionClosedError if the peer goes before the 101 has left", async () => {
    const failed = deferred<unknown>();
    const raw = await dialView(async (req, res) => {
      res.end = () => res;
      const accepting = accept(req, res);
      req.socket.destroy();
      failed.resolve(await rejection(accepting));
    });
    raw.write(handshakeText());
    expect(await failed.promise)
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1006 });
  });

  it("rejects with ConnectionClosedError if the peer goes just as the 101 has left", async () => {
    const failed = deferred<unknown>();
    const raw = await dialView(async (req, res) => {
      res.prependListener("finish", () => req.socket.destroy(new Error("Reset")));
      failed.resolve(await rejection(accept(req, res)));
    });
    raw.write(handshakeText());
    expect(await failed.promise)
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1006 });
  });

  it("rejects with ConnectionClosedError if the peer was gone before it is called", async () => {
    const failed = deferred<unknown>();
    const raw = await dialView((req, res) => {
      res.once("close", async () => failed.resolve(await rejection(accept(req, res))));
      req.socket.destroy();
    });
    raw.write(handshakeText());
    expect(await failed.promise)
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1006 });
  });

  it("rejects a second time on a request, and the first connection goes on", async () => {
    const raw = await dialView(async (req, res) => {
      const first = accept(req, res);
      const error = await rejection(accept(req, res));
      const ws = await first;
      await ws.send(String(Reflect.get(Object(error), "code")));
      await ws.send(String(Reflect.get(Object(await rejection(accept(req, res))), "code")));
      await ws.close();
    });
    raw.write(handshakeText());
    await readResponse(raw);
    for (const _when of ["before", "after"]) expect(await readText(raw)).to.equal("ERR_HTTP_HEADERS_SENT");
    expect((await readClose(raw)).code).to.equal(1000);
  });

  it("rejects as any second answer does once another answer has left", async () => {
    const rejected = deferred<unknown>();
    const raw = await dialView((req, res) => {
      res.once("finish", async () => rejected.resolve(await rejection(accept(req, res))));
      res.send("Not a WebSocket");
    });
    raw.write(handshakeText());
    expect(await readResponse(raw)).to.include({ status: 200, body: "Not a WebSocket" });
    expect(await rejected.promise).to.include({ code: "ERR_HTTP_HEADERS_SENT" });
  });

  it("goes to the app's error handler when a view passes its rejection on", async () => {
    const note: ErrorRequestHandler = (error, _req, res, _next) => res.status(error.status).send("Refused");
    const app = quietApp().get(
      "/",
      mayReject(async (req, res) => void (await accept(req, res))),
    );
    const { port } = await network.serve(app.use(note));
    const raw = await network.dial(port);
    raw.write(handshakeText("/", { Origin: "http://evil.example" }));
    expect(await readResponse(raw)).to.deep.include({ status: 403, body: "Refused" });
  });

  describe("the connection's remoteAddress", () => {
    async function addressFor(headers: Record<string, string>, trustProxy: boolean): Promise<string> {
      const raw = await dialView(async (req, res) => {
        const ws = await accept(req, res);
        await ws.send(String(ws.remoteAddress));
      }, trustProxy);
      raw.write(handshakeText("/", headers));
      await readResponse(raw);
      return readText(raw);
    }

    it("is the socket's", async () => {
      expect(await addressFor({}, true)).to.match(/^(::ffff:)?127\.0\.0\.1$/);
    });

    it("is what a trusted proxy forwards", async () => {
      expect(await addressFor({ "X-Forwarded-For": "203.0.113.7" }, true)).to.equal("203.0.113.7");
    });

    it("is the socket's where the proxy is not trusted", async () => {
      expect(await addressFor({ "X-Forwarded-For": "203.0.113.7" }, false)).to.match(/127\.0\.0\.1$/);
    });

    it("is still known after the close, to a handler that logs it", async () => {
      const { ws, peer } = await network.rawPair();
      peer.reset();
      await ws.closed;
      expect(ws.remoteAddress).to.match(/127\.0\.0\.1$/);
    });
  });
});
