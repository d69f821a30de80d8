import { expect } from "chai";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { ConnectionClosedError } from "../../middleware/errors.ts";
import { hookOf } from "../../middleware/hook.ts";
import { type Handler, type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { createGate } from "../support/gate.ts";
import { quietApp } from "../support/quiet-app.ts";
import { frame, PING, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { rejection } from "../support/rejection.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

/** What the network helper checks after each test is half of these: no crash, and a server that has forgotten all. */
describe("a peer that is gone all of a sudden", () => {
  const network = useNetwork();

  /** Serves a view behind a middleware; notes each error of the app, and each that the view reports. */
  async function serveBehind(middleware: RequestHandler, handler: Handler, options: ViewOptions = {}) {
    const errors: unknown[] = [];
    const note: ErrorRequestHandler = (error, _req, res, _next) => {
      errors.push(error);
      res.sendStatus(500);
    };
    const onError = (error: unknown): unknown => errors.push(error);
    const app = quietApp().use(middleware);
    app.get("/", websocket(handler, { onError, ...options })).use(note);
    const server = await network.serve(app);
    const isForgotten = (): boolean => {
      const hook = hookOf(server.server);
      return hook?.upgrading.size === 0 && hook.transports.size === 0;
    };
    return { port: server.port, errors, isForgotten };
  }

  const endings = { reset: "a reset", end: "a FIN", destroy: "a FIN, with unread bytes" } as const;

  for (const [ending, name] of Object.entries(endings) as [keyof typeof endings, string][]) {
    function leave(raw: Awaited<ReturnType<typeof network.dial>>): void {
      if (ending === "reset") raw.reset();
      else raw.socket[ending]();
    }

    describe(`by ${name}`, () => {
      it("before the middleware is done leaves no error to the app", async () => {
        const gate = createGate();
        const { port, errors, isForgotten } = await serveBehind(gate.pass, (ws) => ws.closed);
        const raw = await network.dial(port);
        raw.write(handshakeText(), frame(TEXT, "early"));
        await gate.arrived;
        leave(raw);
        await untilTrue(() => raw.socket.destroyed || raw.socket.writableFinished);
        gate.open();
        raw.socket.resume();
        await untilTrue(isForgotten);
        expect(errors).to.deep.equal([]);
      });

      it("while the end of the response waits leaves no error to the app", async () => {
        const [ending, released, ended] = [deferred(), deferred(), deferred()];
        const { port, errors, isForgotten } = await serveBehind(
          (_req, res, next) => {
            const { end } = res;
            res.end = function patched(this: typeof res, ...args: unknown[]) {
              ending.resolve();
              released.promise.then(() => ended.resolve(Reflect.apply(end, this, args)));
              return this;
            };
            next();
          },
          (ws) => ws.closed,
        );
        const raw = await network.dial(port);
        raw.write(handshakeText());
        await ending.promise;
        leave(raw);
        released.resolve();
        await ended.promise;
        await untilTrue(isForgotten);
        expect(errors).to.deep.equal([]);
      });

      it("at once, with its handshake, leaves no error to the app", async () => {
        const { port, errors, isForgotten } = await serveBehind(
          (_req, _res, next) => next(),
          (ws) => ws.closed,
        );
        for (let n = 0; n < 50; n++) {
          const raw = await network.dial(port);
          raw.socket.write(handshakeText(), () => leave(raw));
        }
        await untilTrue(isForgotten);
        expect(errors).to.deep.equal([]);
      });

      it("right after the 101 ends the handler that waits in recv", async () => {
        const ended = deferred<unknown>();
        const { port, errors } = await serveBehind(
          (_req, _res, next) => next(),
          async (ws) => {
            ended.resolve(await rejection(ws.recv()));
            expect(await ws.closed).to.deep.equal({ code: 1006, reason: "" });
          },
        );
        const raw = await network.dial(port);
        raw.write(handshakeText());
        await readResponse(raw);
        leave(raw);
        expect(await ended.promise)
          .to.be.an.instanceOf(ConnectionClosedError)
          .and.to.have.property("closeCode", 1006);
        expect(errors).to.deep.equal([]);
      });

      it("is noticed by a handler that waits in send, behind what the peer does not read", async () => {
        const [waiting, ended] = [deferred(), deferred<unknown>()];
        const { port, errors } = await serveBehind(
          (_req, _res, next) => next(),
          async (ws) => {
            const send = async (): Promise<never> => {
              for (;;) {
                const sent = ws.send(Buffer.alloc(1024 * 1024));
                if (ws.bufferedAmount > 4 * 1024 * 1024) waiting.resolve();
                await sent;
              }
            };
            ended.resolve(await rejection(send()));
          },
          { sendHighWaterMark: 8 * 1024 * 1024 },
        );
        const raw = await network.dial(port);
        raw.socket.pause();
        raw.socket.write(handshakeText());
        await waiting.promise;
        if (ending === "end") raw.socket.destroy();
        else leave(raw);
        expect(await ended.promise).to.be.an.instanceOf(ConnectionClosedError);
        expect(errors).to.deep.equal([]);
      });
    });
  }

  it("while it is refused with a large body is forgotten", async () => {
    const arrived = deferred();
    const { port, isForgotten } = await serveBehind(
      (_req, res) => {
        res.status(403).send(Buffer.alloc(20 * 1024 * 1024));
        arrived.resolve();
      },
      () => {},
    );
    const raw = await network.dial(port);
    raw.socket.pause();
    raw.write(handshakeText(), frame(TEXT, "early"));
    await arrived.promise;
    raw.reset();
    await untilTrue(isForgotten);
  });

  it("rejects a ping that waits for its pong", async () => {
    const { ws, peer } = await network.rawPair();
    const pong = ws.ping();
    await untilTrue(() => peer.received[0] === (0x80 | PING));
    peer.reset();
    expect(await rejection(pong)).to.be.an.instanceOf(ConnectionClosedError);
  });

  it("rejects what is sent after, and keeps silent where nobody awaits it", async () => {
    const { ws, peer } = await network.rawPair();
    peer.reset();
    await ws.closed;
    ws.send("late");
    ws.ping();
    expect(await rejection(ws.send("late"))).to.be.an.instanceOf(ConnectionClosedError);
  });
});
