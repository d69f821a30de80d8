import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { broadcast } from "../../middleware/broadcast.ts";
import type { Connection } from "../../middleware/connection.ts";
import { BINARY, PING, readFrame, readText } from "../support/raw-frames.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

/** Notes how many bytes each write hands to the socket of a connection. */
function watchWrites(ws: Connection): number[] {
  const socket = socketOf(ws);
  const writes: number[] = [];
  const { _write, _writev } = socket;
  socket._write = function counted(chunk, encoding, done) {
    writes.push(chunk.length);
    Reflect.apply(_write, this, [chunk, encoding, done]);
  };
  socket._writev = function counted(chunks, done) {
    writes.push(chunks.reduce((sum, { chunk }) => sum + chunk.length, 0));
    if (_writev) Reflect.apply(_writev, this, [chunks, done]);
  };
  return writes;
}

function socketOf({ raw }: Connection): Socket {
  return Reflect.get(raw, "socket");
}

describe("the outbox", () => {
  const network = useNetwork();

  it("writes the frames of one turn together, at its end", async () => {
    const { ws, peer } = await network.rawPair();
    const writes = watchWrites(ws);
    for (const text of ["one", "two", "three"]) ws.send(text);
    ws.send(Buffer.from("four"));
    broadcast([ws], "five");
    expect(writes).to.deep.equal([]);
    await nextTurn();
    expect(writes).to.deep.equal([5 + 5 + 7 + 6 + 6]);
    for (const text of ["one", "two", "three"]) expect(await readText(peer)).to.equal(text);
    expect((await readFrame(peer)).payload.toString()).to.equal("four");
    expect(await readText(peer)).to.equal("five");
  });

  it("writes in the same turn what is sent after an await in it", async () => {
    const { ws, peer } = await network.rawPair();
    const writes = watchWrites(ws);
    for (let n = 0; n < 10; n++) await ws.send(`${n}`);
    await nextTurn();
    expect(writes).to.deep.equal([30]);
    for (let n = 0; n < 10; n++) expect(await readText(peer)).to.equal(`${n}`);
  });

  it("keeps the order of text, binary, large, broadcast and raw messages", async () => {
    const { ws, peer } = await network.pair();
    const large = Buffer.alloc(20_000, "l");
    const huge = "h".repeat(100_000);
    ws.send("1");
    broadcast([ws], large);
    ws.send(Buffer.from("2"));
    ws.raw.send("3");
    ws.send(large);
    ws.send(huge);
    broadcast([ws], huge);
    ws.raw.send(large);
    ws.send("4");
    const two = Buffer.from("2");
    const sent = ["1", large, two, "3", large, huge, huge, large, "4"];
    expect(await peer.take(sent.length)).to.deep.equal(sent);
  });

  it("sends messages of all sizes around those that are treated in another way", async () => {
    const { ws, peer } = await network.pair({ maxBufferedAmount: Number.POSITIVE_INFINITY });
    const edges = [0, 1, 41, 42, 125, 126, 16 * 1024, 64 * 1024, 65535, 65536, 1024 * 1024];
    const sizes = edges.flatMap((size) => [Math.max(0, size - 1), size, size + 1]);
    const messages = sizes.flatMap((size) => [Buffer.alloc(size, size), "é".repeat(size)]);
    for (const message of messages) ws.send(message);
    const received = await peer.take(messages.length);
    const differing = messages.filter((message, index) => !isSame(message, received[index]));
    expect(differing).to.have.length(0);
  });

  it("never lets anything between the header and the payload of a large message", async () => {
    const { ws, peer } = await network.rawPair();
    const filling = "x".repeat(64 * 1024 - 1 - 4 - 2);
    const large = Buffer.alloc(20_000, "l");
    ws.send(filling);
    ws.send(large);
    ws.ping();
    expect((await readFrame(peer)).payload).to.have.length(filling.length);
    const frames = [await readFrame(peer), await readFrame(peer)].sort((a, b) => a.opcode - b.opcode);
    expect(frames.map(({ opcode }) => opcode)).to.deep.equal([BINARY, PING]);
    expect(frames[0]?.payload.equals(large)).to.equal(true);
  });

  it("sends a small Buffer as it was, even if it is changed in the same turn", async () => {
    const { ws, peer } = await network.pair();
    const buffer = Buffer.from("as it was");
    ws.send(buffer);
    buffer.fill(0);
    expect(await peer.next()).to.deep.equal(Buffer.from("as it was"));
  });

  it("counts what is sent and not written yet", async () => {
    const { ws, peer } = await network.rawPair();
    expect(ws.bufferedAmount).to.equal(0);
    ws.send("Café");
    ws.send(Buffer.alloc(126));
    broadcast([ws], "x");
    expect(ws.bufferedAmount).to.equal(7 + 130 + 3);
    await nextTurn();
    await readText(peer);
    await untilTrue(() => ws.bufferedAmount === 0);
  });

  it("hands much to the socket before the turn ends", async () => {
    const { ws } = await network.rawPair();
    const writes = watchWrites(ws);
    for (let n = 0; n < 100; n++) ws.send("x".repeat(1000));
    expect(writes.length).to.be.above(0);
    expect(Math.max(...writes)).to.be.below(128 * 1024);
  });

  describe("backpressure", () => {
    it("makes send wait while the peer does not read, and resolves when it does", async () => {
      const { ws, peer } = await network.rawPair();
      peer.socket.pause();
      let isWaiting = true;
      while (isWaiting) isWaiting = (await isSettled(ws.send(Buffer.alloc(100_000)))) === true;
      const blocked = ws.send("last");
      expect(await isSettled(blocked)).to.equal(false);
      peer.socket.resume();
      await blocked;
      expect(ws.bufferedAmount).to.be.below(64 * 1024);
    });

    it("wakes those that wait for their own frames without a frame more, compressed or not", async () => {
      for (const compression of [false, true]) {
        const { ws, peer } = await network.pair({ compression }, { perMessageDeflate: compression });
        const pongs: unknown[] = [];
        peer.ws.on("pong", (payload) => pongs.push(payload));
        for (const size of [64 * 1024, 20_000_000]) await ws.send(Buffer.alloc(size));
        await peer.take(2);
        expect(pongs).to.deep.equal([]);
      }
    });

    it("wakes all that wait, though other frames are queued behind theirs", async () => {
      const { ws, peer } = await network.rawPair({ sendHighWaterMark: 1 });
      peer.socket.pause();
      await fill(ws);
      const blocked = [ws.send("one"), ws.send("two")];
      await nextTurn();
      ws.raw.send(Buffer.alloc(1_000_000));
      ws.ping();
      expect(await isSettled(Promise.all(blocked))).to.equal(false);
      peer.socket.resume();
      await Promise.all(blocked);
    });

    it("wakes one whose frame was under way when others were queued behind it", async () => {
      const { ws, peer } = await network.rawPair({ sendHighWaterMark: 1 });
      peer.socket.pause();
      const blocked = ws.send(Buffer.alloc(20_000_000));
      ws.raw.send(Buffer.alloc(20_000_000));
      expect(await isSettled(blocked)).to.equal(false);
      peer.socket.resume();
      await blocked;
    });

    it("wakes those that wait behind a broadcast to a compressed connection", async () => {
      const { ws, peer } = await network.pair(
        { compression: { threshold: 0 }, sendHighWaterMark: 1 },
        { perMessageDeflate: true },
      );
      const sent = ws.send("one");
      broadcast([ws], "x".repeat(1_000_000));
      ws.raw.send("y".repeat(1_000_000));
      await sent;
      expect(await peer.take(3)).to.have.length(3);
    });

    it("lets the rest of the process run while a handler sends without end", async () => {
      const { ws } = await network.rawPair();
      let isOver = false;
      setImmediate(() => {
        isOver = true;
      });
      let sent = 0;
      // The peer reads in another turn: that it can, shows in the sender's getting on beyond all buffers.
      while (!isOver || sent < 100) {
        await ws.send(Buffer.alloc(1000));
        sent += 1;
      }
      expect(sent).to.be.below(2 * 1024);
    });
  });
});

/** Sends until the socket, which its peer does not read, takes no more. */
async function fill(ws: Connection): Promise<void> {
  while (socketOf(ws).writableLength === 0) {
    ws.send(Buffer.alloc(1_000_000));
    await nextTurn();
  }
}

/** Whether a promise is settled within a few turns of the event loop. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  return settled;
}

function isSame(message: string | Buffer, other: string | Buffer | undefined): boolean {
  return Buffer.isBuffer(message) ? Buffer.isBuffer(other) && message.equals(other) : message === other;
}
