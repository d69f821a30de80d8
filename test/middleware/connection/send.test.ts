import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { ConnectionClosedError, ConnectionClosedOK } from "../../../middleware/errors.ts";
import { closeFrame, readClose, readFrame, readText } from "../../support/raw-frames.ts";
import { rejection } from "../../support/rejection.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("Connection.send", () => {
  const network = useNetwork();

  it("sends a string as text and bytes of any kind as binary", async () => {
    const { ws, peer } = await network.pair();
    const memory = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
    ws.send("Café 🍳");
    ws.send(Buffer.from([3, 4]));
    ws.send(new Uint8Array(memory, 2, 2));
    ws.send(new DataView(memory, 2, 2));
    ws.send(new Uint16Array(memory, 2, 1));
    ws.send(memory);
    const part = Buffer.from([3, 4]);
    expect(await peer.take(6)).to.deep.equal(["Café 🍳", part, part, part, part, Buffer.from(memory)]);
  });

  it("sends every size whose header differs", async () => {
    const { ws, peer } = await network.pair();
    const sizes = [0, 1, 125, 126, 65535, 65536, 1024 * 1024];
    const messages = sizes.flatMap((size) => [randomBytes(size), "x".repeat(size)]);
    for (const message of messages) await ws.send(message);
    const received = await peer.take(messages.length);
    expect(
      messages.every((message, n) => Buffer.from(message).equals(Buffer.from(received[n] ?? "?"))),
    ).to.equal(true);
    expect(received.map((message) => typeof message)).to.deep.equal(
      messages.map((message) => typeof message),
    );
  });

  it("sends frames that are neither masked nor fragmented, of the least length", async () => {
    const { ws, peer } = await network.rawPair();
    ws.send("Hello");
    expect((await peer.read(7)).toString("hex")).to.equal("810548656c6c6f");
  });

  it("throws a TypeError at once for what is neither text nor bytes", async () => {
    const { ws } = await network.rawPair();
    for (const wrong of [undefined, null, 1, {}, ["x"], new Blob(["x"])]) {
      expect(() => Reflect.apply(ws.send, ws, [wrong])).to.throw(TypeError);
    }
    await ws.send("fine");
  });

  it("throws a TypeError at once on a closed connection too: a mistake is one at any time", async () => {
    const { ws, peer } = await network.rawPair();
    peer.reset();
    await ws.closed;
    expect(() => Reflect.apply(ws.send, ws, [1])).to.throw(TypeError);
  });

  it("works outside the handler, and from several places at once", async () => {
    const { ws, peer } = await network.pair();
    await Promise.all(Array.from({ length: 100 }, (_, n) => ws.send(`${n}`)));
    expect(await peer.take(100)).to.deep.equal(Array.from({ length: 100 }, (_, n) => `${n}`));
  });

  it("delivers what was sent before a close of either side", async () => {
    const { ws, peer } = await network.rawPair();
    ws.send("before");
    ws.close();
    ws.send("after");
    expect(await readText(peer)).to.equal("before");
    expect((await readClose(peer)).code).to.equal(1000);
    peer.write(closeFrame(1000));
    expect(await peer.readToEnd()).to.have.length(0);
  });

  it("rejects once the connection has begun to close, with its error", async () => {
    const { ws, peer } = await network.rawPair();
    ws.close(4000, "Enough");
    const expected = { closeCode: 4000, reason: "Enough" };
    expect(await rejection(ws.send("late")))
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include(expected);
    peer.write(closeFrame(4000));
    await ws.closed;
    expect(await rejection(ws.send("later"))).to.equal(ws.signal.reason);
  });

  it("rejects with ConnectionClosedOK after the peer has closed on purpose", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(closeFrame(1001));
    await ws.closed;
    expect(await rejection(ws.send("late"))).to.be.an.instanceOf(ConnectionClosedOK);
  });

  it("rejects those that wait when the connection closes", async () => {
    const { ws, peer } = await network.rawPair({ closeTimeout: 1 });
    peer.socket.pause();
    const blocked = ws.send(Buffer.alloc(50_000_000));
    ws.close(1011);
    expect(await rejection(blocked))
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1011 });
  });

  it("is silent where nobody awaits it: before the close, at it, and after", async () => {
    const { ws, peer } = await network.rawPair();
    peer.socket.pause();
    ws.send(Buffer.alloc(50_000_000));
    peer.reset();
    await ws.closed;
    ws.send("late");
  });

  it("keeps the order with what is sent through raw", async () => {
    const { ws, peer } = await network.rawPair();
    ws.send("1");
    ws.raw.send("2");
    ws.send("3");
    ws.raw.send(Buffer.from("4"));
    ws.raw.ping();
    ws.send("5");
    ws.raw.close(4000);
    const frames = [];
    for (let n = 0; n < 6; n++) frames.push((await readFrame(peer)).payload.toString());
    expect(frames.filter((text) => text !== "")).to.deep.equal(["1", "2", "3", "4", "5"]);
    expect((await readClose(peer)).code).to.equal(4000);
  });

  it("calls back where raw.send is given a callback", async () => {
    const { ws, peer } = await network.rawPair();
    const failure = await new Promise((resolve) => ws.raw.send("1", resolve));
    expect(failure ?? undefined).to.equal(undefined);
    await new Promise((resolve) => ws.raw.send("2", { binary: true }, resolve));
    expect(await readText(peer)).to.equal("1");
    expect((await readFrame(peer)).opcode).to.equal(2);
  });
});
