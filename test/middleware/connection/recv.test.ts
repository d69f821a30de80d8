import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { Connection } from "../../../middleware/connection.ts";
import {
  ConcurrencyError,
  ConnectionClosedError,
  ConnectionClosedOK,
  RecvTimeoutError,
} from "../../../middleware/errors.ts";
import {
  BINARY,
  CONTINUATION,
  closeFrame,
  frame,
  PING,
  PONG,
  readFrame,
  TEXT,
} from "../../support/raw-frames.ts";
import { rejection } from "../../support/rejection.ts";
import { LONG, SHORT } from "../../support/timeouts.ts";
import { until, untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

async function take(ws: Connection, count: number): Promise<(string | Buffer)[]> {
  const messages: (string | Buffer)[] = [];
  while (messages.length < count) messages.push(await ws.recv());
  return messages;
}

describe("Connection.recv", () => {
  const network = useNetwork();

  it("gives a string for text and a Buffer for binary, in order", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(frame(TEXT, "Café 🍳"), frame(BINARY, Buffer.from([0, 255])), frame(TEXT), frame(BINARY));
    expect(await take(ws, 4)).to.deep.equal(["Café 🍳", Buffer.from([0, 255]), "", Buffer.alloc(0)]);
  });

  it("may be awaited later: a peer that has gone meanwhile is no unhandled rejection", async () => {
    for (const options of [undefined, { timeout: LONG }]) {
      const { ws, peer } = await network.rawPair();
      const message = ws.recv(options);
      peer.reset();
      await ws.closed;
      const late = ws.recv(options);
      await nextTurn();
      expect(await rejection(message)).to.be.an.instanceOf(ConnectionClosedError);
      expect(await rejection(late)).to.be.an.instanceOf(ConnectionClosedError);
    }
  });

  it("gives a Buffer whatever binaryType raw is set to", async () => {
    const { ws, peer } = await network.pair();
    for (const binaryType of ["arraybuffer", "fragments", "nodebuffer"] as const) {
      ws.raw.binaryType = binaryType;
      peer.ws.send(Buffer.from([1, 2]));
      expect(await ws.recv(), binaryType).to.deep.equal(Buffer.from([1, 2]));
    }
  });

  it("ends a connection whose raw gives Blobs, which it cannot give out in order", async () => {
    const { ws, peer } = await network.pair();
    Reflect.set(ws.raw, "binaryType", "blob");
    peer.ws.send(Buffer.from([1, 2]));
    expect((await peer.closed).code).to.equal(1011);
  });

  it("gives messages of every size whose header differs", async () => {
    const { ws, peer } = await network.pair();
    const messages = [0, 1, 125, 126, 65535, 65536, 1024 * 1024].map((size) => randomBytes(size));
    for (const message of messages) peer.ws.send(message);
    const received = await take(ws, messages.length);
    expect(messages.every((message, index) => message.equals(Buffer.from(received[index] ?? "x")))).to.equal(
      true,
    );
  });

  it("gives a fragmented message as one, with control frames in between", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(
      frame(TEXT, "Ca", { fin: false }),
      frame(PING, "ping"),
      frame(CONTINUATION, Buffer.from([0x66, 0xc3]), { fin: false }),
    );
    peer.write(
      frame(PONG),
      frame(CONTINUATION, "", { fin: false }),
      frame(CONTINUATION, Buffer.from([0xa9])),
    );
    expect(await ws.recv()).to.equal("Café");
    expect(await readFrame(peer)).to.deep.equal({ fin: true, opcode: PONG, payload: Buffer.from("ping") });
  });

  it("gives messages that come byte by byte", async () => {
    const { ws, peer } = await network.rawPair();
    for (const byte of Buffer.concat([frame(TEXT, "slow"), frame(BINARY, "er")])) {
      peer.write(Uint8Array.of(byte));
      await nextTurn();
    }
    expect(await take(ws, 2)).to.deep.equal(["slow", Buffer.from("er")]);
  });

  it("rejects a second recv with ConcurrencyError while one is pending", async () => {
    const { ws, peer } = await network.rawPair();
    const first = ws.recv();
    expect(await rejection(ws.recv())).to.be.an.instanceOf(ConcurrencyError);
    expect(await rejection(ws[Symbol.asyncIterator]().next())).to.be.an.instanceOf(ConcurrencyError);
    peer.write(frame(TEXT, "1"));
    expect(await first).to.equal("1");
  });

  it("loses no message to a timeout or an abort", async () => {
    const { ws, peer } = await network.rawPair();
    expect(await rejection(ws.recv({ timeout: SHORT }))).to.be.an.instanceOf(RecvTimeoutError);
    const controller = new AbortController();
    const aborted = rejection(ws.recv({ signal: controller.signal, timeout: LONG }));
    controller.abort(new Error("Enough"));
    expect(String(await aborted)).to.contain("Enough");
    peer.write(frame(TEXT, "1"));
    expect(await ws.recv({ timeout: LONG })).to.equal("1");
  });

  it("takes the connection's own signal", async () => {
    const { ws, peer } = await network.rawPair();
    const ended = rejection(ws.recv({ signal: ws.signal }));
    peer.write(closeFrame(4000, "bye"));
    expect(await ended)
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 4000 });
  });

  describe("around the peer's close", () => {
    it("gives out what came before, then rejects with ConnectionClosedOK after a normal one", async () => {
      for (const code of [1000, 1001, undefined]) {
        const { ws, peer } = await network.rawPair();
        peer.write(frame(TEXT, "1"), frame(TEXT, "2"), closeFrame(code));
        await ws.closed;
        expect(await take(ws, 2)).to.deep.equal(["1", "2"]);
        const expected = { closeCode: code ?? 1005, reason: "" };
        expect(await rejection(ws.recv()))
          .to.be.an.instanceOf(ConnectionClosedOK)
          .and.to.include(expected);
      }
    });

    it("rejects with ConnectionClosedError, with code and reason, after any other", async () => {
      const { ws, peer } = await network.rawPair();
      peer.write(frame(TEXT, "1"), closeFrame(1008, "Nobody expects it"));
      expect(await ws.recv()).to.equal("1");
      const expected = { closeCode: 1008, reason: "Nobody expects it" };
      expect(await rejection(ws.recv()))
        .to.be.an.instanceOf(ConnectionClosedError)
        .and.to.include(expected);
    });

    it("gives out what came before a FIN, then rejects with 1006", async () => {
      const { ws, peer } = await network.rawPair();
      peer.write(frame(TEXT, "1"));
      peer.socket.end();
      await ws.closed;
      expect(await ws.recv()).to.equal("1");
      expect(await rejection(ws.recv()))
        .to.be.an.instanceOf(ConnectionClosedError)
        .and.to.include({ closeCode: 1006 });
    });

    it("gives out more than the queue holds, to a handler that was slow", async () => {
      const { ws, peer } = await network.rawPair();
      const texts = Array.from({ length: 1000 }, (_, n) => `${n}`);
      peer.write(...texts.map((text) => frame(TEXT, text)), closeFrame(1000));
      await ws.closed;
      expect(await take(ws, 1000)).to.deep.equal(texts);
      expect(await rejection(ws.recv())).to.be.an.instanceOf(ConnectionClosedOK);
    });

    it("rejects after an own close", async () => {
      const { ws, peer } = await network.rawPair();
      const pending = rejection(ws.recv());
      ws.close(4000, "Enough");
      expect(await pending)
        .to.be.an.instanceOf(ConnectionClosedError)
        .and.to.include({ closeCode: 4000 });
      peer.write(frame(TEXT, "late"), closeFrame(4000));
      await ws.closed;
      expect(await rejection(ws.recv())).to.include({ closeCode: 4000, reason: "Enough" });
    });
  });

  describe("of a handler that is slower than its peer", () => {
    it("pauses the socket beyond 16 messages, and resumes it as they are taken", async () => {
      const { ws, peer } = await network.rawPair();
      const send = (): void => peer.write(frame(TEXT, "x"));
      for (let n = 0; n < 16; n++) send();
      await ws.recv();
      send();
      await untilTrue(() => peer.socket.writableLength === 0);
      expect(ws.raw.isPaused).to.equal(false);
      send();
      await untilTrue(() => ws.raw.isPaused);
      await take(ws, 17);
      expect(ws.raw.isPaused).to.equal(false);
      send();
      expect(await ws.recv()).to.equal("x");
    });

    it("holds the peer back instead of filling memory", async () => {
      const { ws, peer } = await network.rawPair({ maxPayload: 64 * 1024 });
      const large = frame(BINARY, Buffer.alloc(64 * 1024));
      await untilTrue(() => ws.raw.isPaused || !peer.socket.write(large));
      while (peer.socket.writableLength < 8 * 1024 * 1024) peer.socket.write(large);
      await untilTrue(() => ws.raw.isPaused);
      const before = peer.socket.writableLength;
      for (let turn = 0; turn < 100; turn++) await nextTurn();
      expect(peer.socket.writableLength).to.equal(before).and.to.be.above(0);
      while (peer.socket.writableLength > 0) expect(await ws.recv()).to.have.length(64 * 1024);
    });

    it("pauses when the messages that wait are larger than one may be", async () => {
      const { ws, peer } = await network.rawPair({ maxPayload: 1000 });
      for (let n = 0; n < 2; n++) peer.write(frame(BINARY, Buffer.alloc(600)));
      await untilTrue(() => ws.raw.isPaused);
      await take(ws, 2);
      expect(ws.raw.isPaused).to.equal(false);
    });

    it("keeps the mark that the view sets", async () => {
      const { ws, peer } = await network.rawPair({ recvHighWaterMark: 2 });
      for (let n = 0; n < 3; n++) peer.write(frame(TEXT, `${n}`));
      await untilTrue(() => ws.raw.isPaused);
      expect(await take(ws, 3)).to.deep.equal(["0", "1", "2"]);
    });

    it("loses nothing of a stream of messages that is paused and resumed again and again", async () => {
      const { ws, peer } = await network.pair();
      const texts = Array.from({ length: 5000 }, (_, n) => `${n} ${"x".repeat(n % 300)}`);
      for (const text of texts) peer.ws.send(text);
      for (const text of texts) {
        expect(await ws.recv()).to.equal(text);
        if (text.length % 50 === 0) await nextTurn();
      }
    });

    it("is told of a reset while it is paused, and gets what was read before", async () => {
      const { ws, peer } = await network.rawPair();
      for (let n = 0; n < 40; n++) peer.write(frame(TEXT, `${n}`));
      await untilTrue(() => ws.raw.isPaused);
      peer.reset();
      await until(peer.socket, "close");
      const texts: unknown[] = [];
      const error = await rejection(
        (async () => {
          for (;;) texts.push(await ws.recv());
        })(),
      );
      expect(error).to.be.an.instanceOf(ConnectionClosedError).and.to.include({ closeCode: 1006 });
      expect(texts.slice(0, 17)).to.deep.equal(Array.from({ length: 17 }, (_, n) => `${n}`));
    });
  });

  describe("for await", () => {
    async function collect(ws: Connection): Promise<unknown[]> {
      const messages: unknown[] = [];
      for await (const message of ws) messages.push(message);
      return messages;
    }

    it("ends silently on 1000, 1001 and a close frame without a code", async () => {
      for (const code of [1000, 1001, undefined]) {
        const { ws, peer } = await network.rawPair();
        peer.write(frame(TEXT, "1"), frame(TEXT, "2"), closeFrame(code));
        expect(await collect(ws)).to.deep.equal(["1", "2"]);
      }
    });

    it("throws ConnectionClosedError on any other end", async () => {
      const { ws, peer } = await network.rawPair();
      peer.write(frame(TEXT, "1"), closeFrame(1011));
      expect(await rejection(collect(ws)))
        .to.be.an.instanceOf(ConnectionClosedError)
        .and.to.include({ closeCode: 1011 });
      const other = await network.rawPair();
      other.peer.reset();
      expect(await rejection(collect(other.ws))).to.include({ closeCode: 1006 });
    });

    it("leaves the connection open when the loop is left, and can go on in another", async () => {
      const { ws, peer } = await network.rawPair();
      peer.write(frame(TEXT, "1"), frame(TEXT, "2"), frame(TEXT, "3"));
      for await (const message of ws) if (message === "2") break;
      expect(ws.signal.aborted).to.equal(false);
      peer.write(closeFrame(1000));
      expect(await collect(ws)).to.deep.equal(["3"]);
    });
  });
});
