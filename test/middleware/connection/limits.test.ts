import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { Connection } from "../../../middleware/connection.ts";
import { ConnectionClosedError } from "../../../middleware/errors.ts";
import { deferred } from "../../support/deferred.ts";
import { frame, PING, readClose, readFrame, readText, TEXT } from "../../support/raw-frames.ts";
import { handshakeText, readResponse } from "../../support/raw-http.ts";
import { rejection } from "../../support/rejection.ts";
import { LONG } from "../../support/timeouts.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("a peer that sends more messages than it may", () => {
  const network = useNetwork();
  /** So few that no run of this test is slow enough to be given another one. */
  const options = { maxMessagesPerSecond: 1 / LONG, maxMessageBurst: 3 };

  it("is closed with 1008; what came before is still received", async () => {
    const received = deferred<unknown[]>();
    const { port } = await network.serveView(async (ws) => {
      const messages: unknown[] = [];
      received.resolve(messages);
      try {
        for await (const message of ws) messages.push(message);
      } catch (error) {
        messages.push(error);
      }
    }, options);
    const raw = await network.shake(port);
    raw.write(...["one", "two", "three", "four", "five"].map((text) => frame(TEXT, text)));
    expect(await readClose(raw)).to.deep.equal({ code: 1008, reason: "Too many messages" });
    const [one, two, three, error, ...rest] = await received.promise;
    expect([one, two, three, ...rest]).to.deep.equal(["one", "two", "three"]);
    expect(error).to.be.instanceOf(ConnectionClosedError).and.include({ closeCode: 1008 });
  });

  it("is counted from the first bytes on, which may come with the handshake", async () => {
    const { port } = await network.serveView((ws) => ws.closed, options);
    const raw = await network.dial(port);
    raw.write(handshakeText(), ...Array.from({ length: 4 }, () => frame(TEXT, "x")));
    await readResponse(raw);
    expect((await readClose(raw)).code).to.equal(1008);
  });

  it("may ping as much as it likes", async () => {
    const { peer, ws } = await network.rawPair(options);
    for (let n = 0; n < 20; n++) {
      peer.write(frame(PING, "x"));
      await readFrame(peer);
    }
    peer.write(frame(TEXT, "fine"));
    expect(await ws.recv()).to.equal("fine");
  });

  it("is closed by a connection that is read through its raw, too", async () => {
    const { peer, ws } = await network.rawPair(options);
    let messages = 0;
    ws.raw.on("message", () => {
      messages += 1;
    });
    peer.write(...Array.from({ length: 10 }, () => frame(TEXT, "x")));
    expect((await readClose(peer)).code).to.equal(1008);
    expect(messages).to.equal(3);
  });

  it("has no limit by default", async () => {
    const { peer, ws } = await network.rawPair();
    peer.write(...Array.from({ length: 10_000 }, () => frame(TEXT, "x")));
    for (let n = 0; n < 10_000; n++) expect(await ws.recv()).to.equal("x");
  });
});

describe("a handler that sends and does not wait", () => {
  const network = useNetwork();
  const options = { maxBufferedAmount: 100_000, closeTimeout: LONG };

  async function flood(ws: Connection, message: string | Buffer): Promise<number> {
    let most = 0;
    while (!ws.signal.aborted) {
      ws.send(message);
      most = Math.max(most, ws.bufferedAmount);
      await nextTurn();
    }
    return most;
  }

  for (const [kind, message] of [
    ["text", "x".repeat(50_000)],
    ["binary", Buffer.alloc(50_000)],
  ] as const) {
    it(`is ended with 1013 once too much ${kind} is unwritten, and never buffers more than one message beyond`, async () => {
      const { ws, peer } = await network.rawPair(options);
      peer.socket.pause();
      const most = await flood(ws, message);
      expect(most).to.be.within(options.maxBufferedAmount, options.maxBufferedAmount + message.length + 4);
      expect(ws.signal.reason).to.include({ closeCode: 1013 });
      expect(await rejection(ws.send("more"))).to.equal(ws.signal.reason);
      peer.socket.resume();
      expect(await readClose(peer)).to.deep.equal({ code: 1013, reason: "Too far behind" });
    });
  }

  it("gets the rejection from the very send() that is too much", async () => {
    const { ws, peer } = await network.rawPair(options);
    peer.socket.pause();
    let last = ws.send("");
    while (!ws.signal.aborted) last = ws.send(Buffer.alloc(50_000));
    expect(await rejection(last))
      .to.be.instanceOf(ConnectionClosedError)
      .and.include({ closeCode: 1013 });
  });

  it("may send one message of any size", async () => {
    const { ws, peer } = await network.rawPair(options);
    const large = "x".repeat(1_000_000);
    ws.send(large);
    expect(await readText(peer)).to.equal(large);
    expect(ws.signal.aborted).to.equal(false);
  });

  it("never meets the limit if it waits", async () => {
    const { ws, peer } = await network.rawPair({ ...options, sendHighWaterMark: 100_000 });
    const message = Buffer.alloc(60_000);
    const sending = (async () => {
      for (let n = 0; n < 200; n++) await ws.send(message);
    })();
    for (let n = 0; n < 200; n++) await readFrame(peer);
    await sending;
    expect(ws.signal.aborted).to.equal(false);
  });
});
