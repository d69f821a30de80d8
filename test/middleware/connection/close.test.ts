import { expect } from "chai";
import { ConnectionClosedError, ConnectionClosedOK } from "../../../middleware/errors.ts";
import {
  BINARY,
  CONTINUATION,
  closeFrame,
  frame,
  PING,
  PONG,
  readClose,
  readFrame,
  readText,
  TEXT,
} from "../../support/raw-frames.ts";
import { rejection } from "../../support/rejection.ts";
import { LONG, SHORT } from "../../support/timeouts.ts";
import { until } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("Connection.close", () => {
  const network = useNetwork();

  it("sends the code and the reason, and resolves when the socket is gone", async () => {
    const { ws, peer } = await network.rawPair();
    const closing = ws.close(4000, "Game over");
    expect(await readClose(peer)).to.deep.equal({ code: 4000, reason: "Game over" });
    peer.write(closeFrame(4000));
    await closing;
    expect(await ws.closed).to.deep.equal({ code: 4000, reason: "Game over" });
    expect(peer.end).to.equal("fin");
  });

  it("sends 1000 and no reason by default", async () => {
    const { ws, peer } = await network.rawPair();
    ws.close();
    const { payload } = await readFrame(peer);
    expect(payload).to.deep.equal(Buffer.from([0x03, 0xe8]));
  });

  it("cuts a reason at 123 bytes, between two characters", async () => {
    const { ws, peer } = await network.pair();
    ws.close(4000, "卵".repeat(100));
    expect(await peer.closed).to.deep.equal({ code: 4000, reason: "卵".repeat(41) });
  });

  it("throws a RangeError at once for a code that may not be sent, and the connection stays open", async () => {
    const { ws, peer } = await network.pair();
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, Number.NaN]) {
      expect(() => ws.close(code)).to.throw(RangeError);
    }
    ws.send("still open");
    expect(await peer.next()).to.equal("still open");
  });

  it("keeps the connection open when raw.close is called in a wrong way", async () => {
    const { ws, peer } = await network.pair();
    expect(() => ws.raw.close(1)).to.throw(RangeError);
    expect(() => ws.raw.close(1000, "x".repeat(124))).to.throw(RangeError);
    await ws.send("still open");
    expect(await peer.next()).to.equal("still open");
    expect(ws.signal.aborted).to.equal(false);
  });

  it("only waits the second time: the first code counts", async () => {
    const { ws, peer } = await network.pair();
    await Promise.all([ws.close(4000, "first"), ws.close(4001, "second")]);
    await ws.close(4002, "third");
    expect(await peer.closed).to.deep.equal({ code: 4000, reason: "first" });
    expect(await ws.closed).to.deep.equal({ code: 4000, reason: "first" });
  });

  it("only waits after the peer's close: the peer's code counts", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(closeFrame(4000, "mine"));
    expect(await readClose(peer)).to.deep.equal({ code: 4000, reason: "mine" });
    await ws.close(4001, "ours");
    expect(await ws.closed).to.deep.equal({ code: 4000, reason: "mine" });
  });

  it("lets a handler answer what came in one segment with the peer's close, whose code counts", async () => {
    const { port } = await network.serveView(async (ws) => {
      const messages = [await ws.recv(), await ws.recv()];
      await ws.send(messages.join(" "));
      await ws.close(4001, "too late");
    });
    const peer = await network.shake(port);
    peer.write(frame(TEXT, "Hello"), frame(TEXT, "Bob"), closeFrame(4000, "bye"));
    expect(await readText(peer)).to.equal("Hello Bob");
    expect(await readClose(peer)).to.deep.equal({ code: 4000, reason: "bye" });
  });

  it("ends well when both sides close at the same time", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(closeFrame(4000, "mine"));
    ws.close(4001, "ours");
    expect(await readClose(peer)).to.deep.equal({ code: 4001, reason: "ours" });
    expect(await ws.closed).to.deep.equal({ code: 4000, reason: "mine" });
    expect(await peer.readToEnd()).to.have.length(0);
  });

  it("does not wait longer than closeTimeout for a peer that never answers", async () => {
    const { ws, peer } = await network.rawPair({ closeTimeout: SHORT });
    await ws.close(4000, "Hello?");
    expect(await ws.closed).to.deep.equal({ code: 1006, reason: "" });
    await peer.readToEnd();
  });

  it("does not wait longer than closeTimeout for a peer that does not even read", async () => {
    const { ws, peer } = await network.rawPair({ closeTimeout: SHORT });
    peer.socket.pause();
    ws.send(Buffer.alloc(20_000_000));
    await ws.close();
    expect((await ws.closed).code).to.equal(1006);
  });

  it("ends a connection that is paused: the peer's answer is read", async () => {
    const { ws, peer } = await network.rawPair({ closeTimeout: LONG, recvHighWaterMark: 1 });
    for (let n = 0; n < 5; n++) peer.write(frame(TEXT, "x"));
    ws.close(4000);
    await readClose(peer);
    peer.write(closeFrame(4000));
    expect((await ws.closed).code).to.equal(4000);
  });

  it("may be called by a listener of the signal: the first code still counts", async () => {
    const { ws, peer } = await network.pair();
    ws.signal.addEventListener("abort", () => ws.close(4001, "second"));
    ws.close(4000, "first");
    expect(await peer.closed).to.deep.equal({ code: 4000, reason: "first" });
  });
});

describe("Connection.closed", () => {
  const network = useNetwork();

  it("is the peer's code and reason, which are echoed", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(closeFrame(3001, "Café"));
    expect(await ws.closed).to.deep.equal({ code: 3001, reason: "Café" });
    expect(await readClose(peer)).to.deep.equal({ code: 3001, reason: "Café" });
  });

  it("is 1005 for a close frame without a code, answered by one", async () => {
    const { ws, peer } = await network.rawPair();
    peer.write(closeFrame());
    expect(await ws.closed).to.deep.equal({ code: 1005, reason: "" });
    expect(await readFrame(peer)).to.deep.include({ payload: Buffer.alloc(0) });
  });

  it("is 1006 after a network failure", async () => {
    const { ws, peer } = await network.rawPair();
    peer.reset();
    expect(await ws.closed).to.deep.equal({ code: 1006, reason: "" });
  });

  it("is 1006 after terminate", async () => {
    const { ws } = await network.rawPair();
    ws.raw.terminate();
    expect(await ws.closed).to.deep.equal({ code: 1006, reason: "" });
  });

  it("is 1009 for a message larger than maxPayload, and the peer is told", async () => {
    const { ws, peer } = await network.rawPair({ maxPayload: 1000 });
    peer.write(frame(BINARY, Buffer.alloc(1000)), frame(BINARY, Buffer.alloc(1001)));
    expect(await ws.recv()).to.have.length(1000);
    expect((await readClose(peer)).code).to.equal(1009);
    peer.write(closeFrame(1009));
    expect((await ws.closed).code).to.equal(1009);
    expect(await rejection(ws.recv()))
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1009 });
  });

  it("is 1009 for fragments that are larger together", async () => {
    const { ws, peer } = await network.rawPair({ maxPayload: 1000 });
    peer.write(frame(BINARY, Buffer.alloc(600), { fin: false }), frame(CONTINUATION, Buffer.alloc(600)));
    expect((await readClose(peer)).code).to.equal(1009);
    peer.socket.end();
    expect((await ws.closed).code).to.equal(1009);
  });

  it("is 1009 for a length that is announced, before its bytes come", async () => {
    const { peer } = await network.rawPair();
    peer.write(Buffer.from("82ffffffffffffffffff", "hex"));
    expect((await readClose(peer)).code).to.equal(1009);
  });

  it("is 1007 for text that is no UTF-8", async () => {
    for (const bytes of ["ff", "c3", "eda080", "f4908080"]) {
      const { ws, peer } = await network.rawPair();
      peer.write(frame(TEXT, Buffer.from(bytes, "hex")));
      expect((await readClose(peer)).code, bytes).to.equal(1007);
      peer.socket.end();
      expect((await ws.closed).code).to.equal(1007);
    }
  });

  it("is 1002 for frames that break RFC 6455", async () => {
    const broken = {
      unmasked: frame(TEXT, "x", { masked: false }),
      "a reserved bit": frame(TEXT, "x", { rsv1: true }),
      "an unknown opcode": frame(0x3, "x"),
      "an unknown control opcode": frame(0xb, "x"),
      "a continuation of nothing": frame(CONTINUATION, "x"),
      "a new message within another": Buffer.concat([frame(TEXT, "x", { fin: false }), frame(TEXT, "y")]),
      "a fragmented ping": frame(PING, "x", { fin: false }),
      "a ping that is too long": frame(PING, "x".repeat(126)),
      "half a close code": frame(0x8, "x"),
      "a close code that may not be sent": closeFrame(1005),
    };
    for (const [name, bytes] of Object.entries(broken)) {
      const { ws, peer } = await network.rawPair();
      peer.write(bytes);
      expect((await readClose(peer)).code, name).to.equal(1002);
      peer.socket.end();
      expect((await ws.closed).code, name).to.equal(1002);
    }
  });

  it("is 1002 too where a listener of raw's error ends the connection at once", async () => {
    const { ws, peer } = await network.rawPair();
    ws.raw.on("error", () => ws.raw.terminate());
    peer.write(frame(0x3, "x"));
    expect((await ws.closed).code).to.equal(1002);
  });

  it("is 1008 for a message in more pieces than a memory is to be filled with", async () => {
    const { ws, peer } = await network.rawPair();
    const pieces = Array.from({ length: 20_000 }, () => frame(CONTINUATION, "x", { fin: false }));
    peer.write(frame(TEXT, "x", { fin: false }), ...pieces);
    expect((await readClose(peer)).code).to.equal(1008);
    peer.socket.end();
    expect((await ws.closed).code).to.equal(1008);
  });

  it("is 1006 where the peer breaks the protocol instead of answering a close", async () => {
    const { ws, peer } = await network.rawPair();
    ws.close(4000);
    await readClose(peer);
    peer.write(frame(0x3, "x"));
    expect((await ws.closed).code).to.equal(1006);
  });

  it("is the same promise, asked for at any time", async () => {
    const { ws, peer } = await network.rawPair();
    const early = ws.closed;
    peer.write(closeFrame(1000));
    expect(await early).to.deep.equal({ code: 1000, reason: "" });
    expect(await ws.closed).to.equal(await early);
  });
});

describe("Connection.signal", () => {
  const network = useNetwork();

  it("is aborted with the error as soon as the peer closes", async () => {
    const { ws, peer } = await network.rawPair();
    const { signal } = ws;
    expect(signal.aborted).to.equal(false);
    peer.write(closeFrame(1000, "bye"));
    await until(signal, "abort");
    expect(signal.reason)
      .to.be.an.instanceOf(ConnectionClosedOK)
      .and.to.include({ closeCode: 1000, reason: "bye" });
  });

  it("is aborted as soon as this side closes, before the peer answers", async () => {
    const { ws } = await network.rawPair();
    const { signal } = ws;
    ws.close(4000, "bye");
    expect(signal.aborted).to.equal(true);
    expect(signal.reason)
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 4000, reason: "bye" });
  });

  it("is aborted when it is first asked for after the close", async () => {
    const { ws, peer } = await network.rawPair();
    peer.reset();
    await ws.closed;
    expect(ws.signal.reason).to.be.an.instanceOf(ConnectionClosedError).and.to.include({ closeCode: 1006 });
    expect(await rejection(ws.recv())).to.equal(ws.signal.reason);
  });

  it("ends what a handler waits for elsewhere", async () => {
    const { ws, peer } = await network.rawPair();
    const { url } = await network.serve(() => {});
    const fetching = rejection(fetch(url, { signal: ws.signal }));
    peer.write(closeFrame(1000));
    expect(await fetching).to.equal(ws.signal.reason);
  });
});

describe("Connection.ping", () => {
  const network = useNetwork();

  it("resolves with the milliseconds until the pong", async () => {
    const { ws, peer } = await network.rawPair();
    const startedAt = performance.now();
    const pinging = ws.ping();
    const { opcode, payload } = await readFrame(peer);
    expect(opcode).to.equal(PING);
    peer.write(frame(PONG, payload));
    expect(await pinging).to.be.within(0, performance.now() - startedAt);
  });

  it("resolves several at once, and takes a pong for an answer to the earlier ones too", async () => {
    const { ws, peer } = await network.rawPair();
    const pings = [ws.ping(), ws.ping(), ws.ping()];
    await readFrame(peer);
    await readFrame(peer);
    peer.write(frame(PONG, (await readFrame(peer)).payload));
    for (const milliseconds of await Promise.all(pings)) expect(milliseconds).to.be.at.least(0);
  });

  it("is not misled by a pong that nobody asked for", async () => {
    const { ws, peer } = await network.rawPair();
    const pinging = ws.ping();
    const { payload } = await readFrame(peer);
    peer.write(frame(PONG), frame(PONG, "x"), frame(TEXT, "between"));
    expect(await ws.recv()).to.equal("between");
    expect(await Promise.race([pinging, "waiting"])).to.equal("waiting");
    peer.write(frame(PONG, payload));
    await pinging;
  });

  it("works with a client of ws, beside its own traffic", async () => {
    const { ws, peer } = await network.pair();
    ws.send("x");
    expect(await ws.ping()).to.be.at.least(0);
    expect(await peer.next()).to.equal("x");
  });

  it("rejects if the connection closes first, and is silent where nobody awaits it", async () => {
    const { ws, peer } = await network.rawPair();
    ws.ping();
    const pinging = rejection(ws.ping());
    peer.write(closeFrame(1000));
    expect(await pinging).to.be.an.instanceOf(ConnectionClosedOK);
  });

  it("rejects on a closed connection", async () => {
    const { ws, peer } = await network.rawPair();
    peer.reset();
    await ws.closed;
    ws.ping();
    expect(await rejection(ws.ping()))
      .to.be.an.instanceOf(ConnectionClosedError)
      .and.to.include({ closeCode: 1006 });
  });
});

describe("Connection.raw", () => {
  const network = useNetwork();

  it("is the WebSocket of ws, whose events work", async () => {
    const { ws, peer } = await network.rawPair();
    const [message, pong, close] = ["message", "pong", "close"].map((event) => until(ws.raw, event));
    peer.write(frame(TEXT, "hi"), frame(PONG, "p"), closeFrame(4000, "bye"));
    expect(await message).to.deep.equal([Buffer.from("hi"), false]);
    expect(await pong).to.deep.equal([Buffer.from("p")]);
    expect(await close).to.deep.equal([4000, Buffer.from("bye")]);
  });

  it("tells a listener of its errors, and does without one", async () => {
    const { ws, peer } = await network.rawPair();
    const [error] = await Promise.all([until(ws.raw, "error"), peer.write(frame(0x3))]);
    expect(error[0]).to.be.an.instanceOf(RangeError);
  });
});
