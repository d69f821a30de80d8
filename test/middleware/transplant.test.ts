import { expect } from "chai";
import type { Connection } from "../../middleware/connection.ts";
import { hookOf } from "../../middleware/hook.ts";
import { type Handler, websocket } from "../../middleware/websocket.ts";
import { collectGarbage } from "../support/collect-garbage.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { frame, readText, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("the transplant", () => {
  const network = useNetwork();

  /** Opens a connection on an app that notes its request and response weakly. */
  async function openNoted(handler: Handler) {
    const notes = new Map<string, WeakRef<object>>();
    const app = quietApp().use((req, res, next) => {
      const secret = { session: "x".repeat(1000) };
      Object.assign(req, { secret });
      notes
        .set("request", new WeakRef(req))
        .set("response", new WeakRef(res))
        .set("session", new WeakRef(secret));
      setImmediate(next);
    });
    const { port } = await network.serve(app.get("/", websocket(handler)));
    const raw = await network.dial(port);
    raw.write(handshakeText(), frame(TEXT, "early"));
    await readResponse(raw);
    const held = async (): Promise<string[]> => {
      await collectGarbage();
      return [...notes].flatMap(([name, note]) => (note.deref() ? [name] : []));
    };
    return { raw, held };
  }

  it("leaves nothing of the request in memory for a handler that takes only the connection", async () => {
    const waiting = deferred<Connection>();
    const { raw, held } = await openNoted(async (ws) => {
      await ws.send(String(await ws.recv()));
      waiting.resolve(ws);
      await ws.recv();
    });
    expect(await readText(raw)).to.equal("early");
    await waiting.promise;
    expect(await held()).to.deep.equal([]);
  });

  it("leaves nothing of the request in memory while a handler iterates", async () => {
    const { raw, held } = await openNoted(echo);
    expect(await readText(raw)).to.equal("early");
    expect(await held()).to.deep.equal([]);
  });

  it("keeps the request for a handler that uses it", async () => {
    const { raw, held } = await openNoted(async (ws, req) => {
      await ws.send(String(await ws.recv()));
      await ws.recv();
      await ws.send(req.path);
    });
    expect(await readText(raw)).to.equal("early");
    expect(await held()).to.include("request");
    raw.write(frame(TEXT, "go on"));
    expect(await readText(raw)).to.equal("/");
  });

  it("moves the upgrade to the connections that the hook knows", async () => {
    const { server } = await network.rawPair();
    const hook = hookOf(server.server);
    expect([hook?.upgrading.size, hook?.transports.size]).to.deep.equal([0, 1]);
  });

  it("leaves no listener of HTTP on the socket: as many as on one of ws alone", async () => {
    const { ws } = await network.rawPair();
    const socket = Reflect.get(ws.raw, "socket");
    const counts = ["data", "end", "error", "close", "drain", "timeout"].map((name) =>
      socket.listenerCount(name),
    );
    // Two for "end": Node's own keeps a socket from staying half-open.
    expect(counts).to.deep.equal([1, 1 + socket.listeners("end").filter(isNodes).length, 1, 1, 0, 0]);
  });

  describe("of a socket whose peer has ended its side before the 101", () => {
    /** Sends the handshake and an end, which is seen before the view is reached. */
    async function endEarly(handler: Handler, early: Uint8Array = Buffer.alloc(0)) {
      const app = quietApp().use(async ({ socket }, _res, next) => {
        // Read, though not told while something is to be read before it.
        await untilTrue(() => Object(Reflect.get(socket, "_readableState")).ended);
        next();
      });
      const { port, server } = await network.serve(app.get("/", websocket(handler, { pingInterval: 0 })));
      const raw = await network.dial({ port, host: "127.0.0.1", allowHalfOpen: true });
      raw.socket.end(Buffer.concat([Buffer.from(handshakeText()), early]));
      return { raw, server };
    }

    it("ends the connection, though nobody pings", async () => {
      const { raw, server } = await endEarly((ws) => ws.closed);
      await raw.readToEnd();
      await untilTrue(() => hookOf(server)?.transports.size === 0 && hookOf(server)?.upgrading.size === 0);
    });

    it("lets the handler have what came before", async () => {
      const received = deferred<unknown>();
      const { raw } = await endEarly(
        (ws) => ws.recv().then(received.resolve, received.resolve),
        frame(TEXT, "early"),
      );
      expect(await received.promise).to.equal("early");
      await raw.readToEnd();
    });
  });
});

/** Whether a listener is Node's own. */
function isNodes({ name }: { readonly name: string }): boolean {
  return name === "onReadableStreamEnd";
}
