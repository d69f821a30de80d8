import { expect } from "chai";
import type { RequestHandler } from "express";
import { accept } from "../../middleware/accept.ts";
import { hookOf } from "../../middleware/hook.ts";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { rejection } from "../support/rejection.ts";
import { LONG, SHORT } from "../support/timeouts.ts";
import { TimerWatch } from "../support/timer-watch.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("the time for a handshake", () => {
  const network = useNetwork();

  /** Asks for a WebSocket behind a middleware. */
  async function dialThrough(middleware: RequestHandler, handshakeTimeout = SHORT) {
    const app = quietApp()
      .use(middleware)
      .get(
        "/",
        websocket((ws) => ws.closed),
      );
    const { port, server } = await network.serve(app, { handshakeTimeout });
    const raw = await network.dial(port);
    raw.write(handshakeText());
    return { raw, server };
  }

  it("runs out with a 503 that says so, and ends the connection", async () => {
    const { raw, server } = await dialThrough(() => {});
    const { status, headers, body } = await readResponse(raw);
    expect(status).to.equal(503);
    expect(headers).to.include({ "retry-after": "10", connection: "close" });
    expect(body).to.equal("The handshake took too long\n");
    expect(await raw.readToEnd()).to.have.length(0);
    await untilTrue(() => hookOf(server)?.upgrading.size === 0);
  });

  it("looks to the app as if the peer had gone", async () => {
    const closed = deferred<boolean>();
    const { raw } = await dialThrough((_req, res) => {
      res.on("close", () => closed.resolve(res.writableFinished));
    });
    expect((await readResponse(raw)).status).to.equal(503);
    expect(await closed.promise).to.equal(false);
  });

  it("lets the app answer when it is too late: nothing throws, and nothing reaches the peer", async () => {
    const released = deferred();
    const answered = deferred();
    const { raw } = await dialThrough(async (_req, res) => {
      await released.promise;
      res.cookie("late", "1").status(401).json({ too: "late" });
      answered.resolve();
    });
    expect((await readResponse(raw)).status).to.equal(503);
    released.resolve();
    await answered.promise;
    expect(await raw.readToEnd()).to.have.length(0);
  });

  it("rejects an accept() that comes too late with ConnectionClosedError", async () => {
    const released = deferred();
    const late = deferred<unknown>();
    const { raw } = await dialThrough(async (req, res) => {
      await released.promise;
      late.resolve(await rejection(accept(req, res)));
    });
    expect((await readResponse(raw)).status).to.equal(503);
    released.resolve();
    expect(await late.promise).to.include({ code: "ERR_CONNECTION_CLOSED_ERROR", closeCode: 1006 });
    expect(await raw.readToEnd()).to.have.length(0);
  });

  it("runs out with a 503 on a 101 that is held back, as by a session that cannot be stored", async () => {
    const released = deferred();
    const ended = deferred();
    const { raw, server } = await dialThrough((_req, res, next) => {
      const end = res.end.bind(res);
      res.end = () => {
        released.promise.then(() => end()).then(() => ended.resolve());
        return res;
      };
      next();
    });
    expect((await readResponse(raw)).status).to.equal(503);
    expect(hookOf(server)?.places.taken).to.equal(0);
    released.resolve();
    await ended.promise;
    expect(await raw.readToEnd()).to.have.length(0);
  });

  it("does not run out on an answer that has begun", async () => {
    const { raw } = await dialThrough((_req, res) => {
      res.writeHead(200, { "Content-Length": "8" }).write("slow");
      setTimeout(() => res.end("er"), 2 * SHORT).unref();
      setTimeout(() => res.end("est!"), 0).unref();
    });
    expect(await readResponse(raw)).to.include({ status: 200, body: "slowest!" });
  });

  it("leaves no timer behind, whatever the answer", async () => {
    const app = quietApp().get(
      "/",
      websocket((ws) => ws.close()),
    );
    const { port } = await network.serve(app, { handshakeTimeout: LONG });
    const visit = async (path: string): Promise<void> => {
      const raw = await network.dial(port);
      raw.write(handshakeText(path));
      await readResponse(raw);
      raw.socket.end();
      await untilTrue(() => raw.socket.destroyed);
    };
    await visit("/");
    await visit("/nope");
    const watch = new TimerWatch();
    for (let n = 0; n < 10; n++) await visit(n % 2 ? "/" : "/nope");
    await untilTrue(() => watch.count === 0);
    watch.stop();
  });

  it("does not run where it is 0", async () => {
    const timersDuring = async (handshakeTimeout: number): Promise<string> => {
      const watch = new TimerWatch();
      const { raw } = await dialThrough((_req, res) => void res.json(watch.count), handshakeTimeout);
      const { body } = await readResponse(raw);
      watch.stop();
      return body;
    };
    await timersDuring(LONG);
    expect(Number(await timersDuring(LONG)) - Number(await timersDuring(0))).to.equal(1);
  });
});
