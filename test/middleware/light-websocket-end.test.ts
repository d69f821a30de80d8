import type { Socket } from "node:net";
import { expect } from "chai";
import type { Connection } from "../../middleware/connection.ts";
import type { Message } from "../../middleware/message.ts";
import { transportOf } from "../../middleware/transport.ts";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { CONTINUATION, closeFrame, frame, PING, TEXT } from "../support/raw-frames.ts";
import { until, untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("the end of a LightWebSocket", () => {
  const network = useNetwork();

  describe("once the socket is gone", () => {
    const part = frame(TEXT, "begun before, and long enough to be no header");
    const unread: Record<string, { bytes: Buffer[]; messages: Message[]; code?: number }> = {
      "the rest of a frame": { bytes: [frame(TEXT, "eggs")], messages: ["eggs"] },
      "a fragmented message": {
        bytes: [
          frame(TEXT, "h", { fin: false }),
          frame(PING),
          frame(CONTINUATION, "am"),
          frame(TEXT, "eggs"),
        ],
        messages: ["ham", "eggs"],
      },
      "a close frame": { bytes: [frame(TEXT, "eggs"), closeFrame(4000)], messages: ["eggs"], code: 4000 },
    };
    for (const [name, { bytes, messages, code = 1006 }] of Object.entries(unread)) {
      it(`gives out what had come while reading was paused: ${name}`, async () => {
        const { ws, peer } = await network.rawPair();
        const socket = socketOf(ws);
        peer.write(part.subarray(0, 20));
        await until(socket, "data");
        ws.raw.pause();
        peer.write(part.subarray(20), ...bytes);
        await untilTrue(() => socket.readableLength > 0);
        ws.raw.terminate();
        expect((await ws.closed).code).to.equal(code);
        for (const message of ["begun before, and long enough to be no header", ...messages])
          expect(await ws.recv()).to.equal(message);
      });
    }

    it("gives that to a listener of raw, in the way of ws", async () => {
      const { ws, peer } = await network.rawPair();
      ws.raw.pause();
      peer.write(frame(TEXT, "eggs"));
      await untilTrue(() => socketOf(ws).readableLength > 0);
      const heard: string[] = [];
      ws.raw.on("message", (data) => heard.push(String(data)));
      ws.raw.terminate();
      await ws.closed;
      expect(heard).to.deep.equal(["eggs"]);
    });

    it("has nothing buffered, and counts what is sent in vain, for one connection alone", async () => {
      const [first, second] = [await network.rawPair(), await network.rawPair()];
      for (const { ws } of [first, second]) {
        ws.raw.terminate();
        await ws.closed;
        expect([ws.bufferedAmount, ws.raw.bufferedAmount]).to.deep.equal([0, 0]);
      }
      first.ws.raw.send("spam", () => {});
      expect([first.ws.raw.bufferedAmount, second.ws.raw.bufferedAmount]).to.deep.equal([4, 0]);
    });
  });

  for (const [event, act] of [
    ["close", "close"],
    ["close", "ping"],
    ["end", "ping"],
  ] as const) {
    it(`ends although middleware that hears of the socket's ${event} before calls raw.${act}`, async () => {
      let held: Connection | undefined;
      const arrival = deferred<Connection>();
      const app = quietApp();
      app.use((req, _res, next) => {
        req.socket.on(event, () => held?.raw[act]());
        next();
      });
      app.get(
        "/",
        websocket((ws) => {
          held = ws;
          arrival.resolve(ws);
          return ws.closed;
        }),
      );
      const { socket } = await network.shake((await network.serve(app)).port);
      const ws = await arrival.promise;
      if (event === "end") socket.end();
      else socketOf(ws).destroy();
      expect(await ws.closed).to.deep.equal({ code: 1006, reason: "" });
    });
  }
});

function socketOf(ws: Connection): Socket {
  const { socket } = transportOf(ws);
  if (!socket) throw new Error("A server's connection has its socket from the beginning");
  return socket;
}
