import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { broadcast } from "../../middleware/broadcast.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { ViewOptions } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { closeFrame, readClose, readFrame, readText } from "../support/raw-frames.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { LONG } from "../support/timeouts.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("broadcast", () => {
  const network = useNetwork();

  /** Several connections of one view, with clients whose bytes are read by hand. */
  async function crowd(
    count: number,
    options?: ViewOptions,
  ): Promise<{ all: Connection[]; peers: RawSocket[] }> {
    const all: Connection[] = [];
    const { port } = await network.serveView((ws) => {
      all.push(ws);
      return ws.closed;
    }, options);
    const peers: RawSocket[] = [];
    while (peers.length < count) {
      peers.push(await network.shake(port));
      await untilTrue(() => all.length === peers.length);
    }
    return { all, peers };
  }

  it("sends one message to all, text or binary", async () => {
    const { all, peers } = await crowd(20);
    broadcast(all, "Café");
    broadcast(new Set(all), Uint8Array.of(1, 2));
    for (const peer of peers) {
      expect(await readText(peer)).to.equal("Café");
      expect(await readFrame(peer)).to.deep.equal({ fin: true, opcode: 2, payload: Buffer.from([1, 2]) });
    }
  });

  it("frames the message once: every socket is handed the same memory", async () => {
    const { all, peers } = await crowd(5);
    for (const message of ["small", "x".repeat(100_000), Buffer.alloc(100_000)]) {
      const written = new Set<unknown>();
      for (const ws of all) watchChunks(ws, written);
      broadcast(all, message);
      await Promise.all(peers.map((peer) => readFrame(peer)));
      expect([...written].map((chunk) => Object(chunk).length)).to.deep.equal([frameLength(message)]);
    }
  });

  it("writes several broadcasts of one turn together, merged once for all", async () => {
    const { all, peers } = await crowd(2);
    const written = new Set<unknown>();
    for (const ws of all) watchChunks(ws, written);
    for (let n = 0; n < 10; n++) broadcast(all, `${n}`);
    await nextTurn();
    expect([...written].map((chunk) => Object(chunk).length)).to.deep.equal([30]);
    for (const peer of peers) for (let n = 0; n < 10; n++) expect(await readText(peer)).to.equal(`${n}`);
  });

  it("sends several messages in their order, framed together once", async () => {
    const { all, peers } = await crowd(3);
    const written = new Set<unknown>();
    for (const ws of all) watchChunks(ws, written);
    const long = "é".repeat(200);
    broadcast(all, ["one", Buffer.from("two"), long, ""]);
    for (const peer of peers) {
      expect(await readText(peer)).to.equal("one");
      expect(await readFrame(peer)).to.deep.include({ opcode: 2, payload: Buffer.from("two") });
      expect(await readText(peer)).to.equal(long);
      expect(await readText(peer)).to.equal("");
    }
    expect([...written].map((chunk) => Object(chunk).length)).to.deep.equal([5 + 5 + 404 + 2]);
  });

  it("sends several messages to a connection that compresses, one by one", async () => {
    const { ws, peer } = await network.pair({ compression: true }, { perMessageDeflate: true });
    broadcast([ws], ["one", "two"]);
    expect(await peer.next()).to.equal("one");
    expect(await peer.next()).to.equal("two");
  });

  it("sends nothing of an empty list", async () => {
    const { all, peers } = await crowd(1);
    broadcast(all, []);
    broadcast(all, "behind it");
    for (const peer of peers) expect(await readText(peer)).to.equal("behind it");
  });

  it("merges anew for a connection that gets other frames besides", async () => {
    const { all, peers } = await crowd(3);
    const [first, second, third] = all;
    if (!first || !second || !third) throw new Error("There are three");
    broadcast(all, "to all");
    second.send("to the second");
    broadcast([first, second], "to two");
    const expected = [["to all", "to two"], ["to all", "to the second", "to two"], ["to all"]];
    for (const [index, peer] of peers.entries()) {
      for (const text of expected[index] ?? []) expect(await readText(peer)).to.equal(text);
    }
  });

  it("passes over those that are closed or closing, and takes none at all", async () => {
    const { all, peers } = await crowd(3);
    peers[0]?.reset();
    await all[0]?.closed;
    all[1]?.close();
    broadcast(all, "hi");
    broadcast([], "nobody");
    const [, second, third] = peers;
    if (!second || !third) throw new Error("There are three");
    expect(await readText(third)).to.equal("hi");
    expect((await readClose(second)).code).to.equal(1000);
    second.write(closeFrame(1000));
  });

  it("throws a TypeError for what cannot be sent, and what is no connection", async () => {
    const { all } = await crowd(1);
    expect(() => Reflect.apply(broadcast, null, [all, 1])).to.throw(TypeError);
    expect(() => Reflect.apply(broadcast, null, [[{ raw: {} }], "x"])).to.throw(TypeError);
    expect(() => Reflect.apply(broadcast, null, [[], 1])).to.throw(TypeError);
    expect(() => Reflect.apply(broadcast, null, [all, ["x", 1]])).to.throw(TypeError);
  });

  describe("with a connection that is too far behind", () => {
    const options = { maxBufferedAmount: 100_000, closeTimeout: LONG };
    const message = Buffer.alloc(50_000);

    /** Broadcasts until the first of a crowd, whose peer does not read, is given up. */
    async function leaveBehind() {
      const { all, peers } = await crowd(3, options);
      const [slow, ...others] = all;
      const [silent, ...readers] = peers;
      if (!slow || !silent) throw new Error("There are three");
      silent.socket.pause();
      let most = 0;
      while (!slow.signal.aborted) {
        broadcast(all, message);
        most = Math.max(most, slow.bufferedAmount);
        await nextTurn();
      }
      return { slow, silent, others, readers, most };
    }

    it("closes it with 1013", async () => {
      const { slow, silent } = await leaveBehind();
      expect(slow.signal.reason).to.include({ closeCode: 1013 });
      silent.socket.resume();
      expect(await readClose(silent)).to.deep.equal({ code: 1013, reason: "Too far behind" });
    });

    it("buffers no more for it than the mark and one message", async () => {
      const { slow, most, others } = await leaveBehind();
      expect(most).to.be.within(options.maxBufferedAmount, options.maxBufferedAmount + message.length + 4);
      const before = slow.bufferedAmount;
      for (let n = 0; n < 100; n++) broadcast([slow, ...others], message);
      expect(slow.bufferedAmount).to.equal(before);
    });

    it("leaves the others alone", async () => {
      const { others, readers } = await leaveBehind();
      await nextTurn();
      await untilTrue(() => others.every((ws) => ws.bufferedAmount === 0));
      broadcast(others, "still here");
      for (const reader of readers) {
        let frame = await readFrame(reader);
        while (frame.opcode !== 1) frame = await readFrame(reader);
        expect(frame.payload.toString()).to.equal("still here");
      }
    });
  });

  it("goes to compressed connections and plain ones alike", async () => {
    const [compressed, plain] = [
      await network.pair({ compression: { threshold: 0 } }, { perMessageDeflate: true }),
      await network.pair(),
    ];
    const message = "spam ".repeat(1000);
    broadcast([compressed.ws, plain.ws], message);
    expect([await compressed.peer.next(), await plain.peer.next()]).to.deep.equal([message, message]);
  });

  it("goes to connections of a client, in order with what it sends", async () => {
    const [server, client] = await clientPair();
    client.send("1");
    broadcast([client, server], "2");
    client.send("3");
    expect([await server.recv(), await server.recv(), await server.recv()]).to.deep.equal(["1", "2", "3"]);
    expect(await client.recv()).to.equal("2");
  });

  async function clientPair(): Promise<[server: Connection, client: Connection]> {
    const arrival = deferred<Connection>();
    const { wsUrl } = await network.serveView((ws) => {
      arrival.resolve(ws);
      return ws.closed;
    });
    const client = await network.connect(wsUrl);
    return [await arrival.promise, client];
  }
});

function watchChunks({ raw }: Connection, written: Set<unknown>): void {
  const socket: Socket = Reflect.get(raw, "socket");
  const { write } = socket;
  socket.write = function watched(this: Socket, chunk: unknown, ...rest: unknown[]) {
    written.add(chunk);
    return Reflect.apply(write, this, [chunk, ...rest]);
  };
}

function frameLength(message: string | Buffer): number {
  return message.length + (message.length > 65535 ? 10 : 2);
}
