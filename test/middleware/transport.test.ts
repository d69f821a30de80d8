import { createServer, type Socket } from "node:net";
import { expect } from "chai";
import { WebSocket } from "ws";
import { Transport, transportOf } from "../../middleware/transport.ts";
import { deferred } from "../support/deferred.ts";
import { closeFrame, frame, PING, PONG, readClose, readFrame, TEXT } from "../support/raw-frames.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { LONG } from "../support/timeouts.ts";
import { until, untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

const OPTIONS = { maxPayload: 1000, maxFragments: 2, maxBufferedChunks: 1000, allowSynchronousEvents: true };

/** A WebSocket of `ws` that notes which of its methods `ws` itself calls. */
class Noted extends WebSocket {
  readonly notes: unknown[] = [];

  constructor(options: { closeTimeout?: number; autoPong?: boolean } = {}) {
    // As `Transport` does: the declarations know no constructor that takes both null and options.
    const address: unknown = null;
    super(address as string, [], { ...options });
  }

  /** Whether the peer had ended the connection when `close` was called last. */
  isEnded: unknown;

  override close(code?: number, reason?: string | Buffer): void {
    this.notes.push(["close", code, reason?.toString()]);
    this.isEnded = this._closeFrameReceived || Boolean(this._receiver?.errored);
    super.close(code, reason);
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    this.notes.push(event);
    return super.emit(event, ...args);
  }
}

describe("what transport.ts relies on in ws", () => {
  const network = useNetwork();

  /** The two ends of a TCP connection. */
  async function socketPair(): Promise<{ socket: Socket; peer: RawSocket }> {
    const server = createServer();
    const accepted = deferred<Socket>();
    server.once("connection", accepted.resolve);
    const peer = await network.dial(await network.listen(server));
    return { socket: await accepted.promise, peer };
  }

  async function open(
    head: Buffer = Buffer.alloc(0),
    options = {},
  ): Promise<{ ws: Noted; peer: RawSocket; socket: Socket }> {
    const { socket, peer } = await socketPair();
    const ws = new Noted({ autoPong: false, closeTimeout: LONG, ...options });
    ws.on("error", () => {});
    ws.setSocket(socket, head, OPTIONS);
    return { ws, peer, socket };
  }

  it("is a constructor that takes null with options: closeTimeout and autoPong", async () => {
    const [answering, silent] = [
      await open(undefined, { autoPong: true }),
      await open(undefined, { closeTimeout: 1 }),
    ];
    for (const { peer } of [answering, silent]) peer.write(frame(PING, "p"));
    expect(await readFrame(answering.peer)).to.deep.include({ opcode: PONG });
    const { ws } = silent;
    await untilTrue(() => ws.notes.includes("ping"));
    expect(silent.peer.received).to.have.length(0);
    ws.close();
    expect(await until(ws, "close")).to.deep.equal([1006, Buffer.alloc(0)]);
  });

  it("is what its getters show: _readyState, _paused, _socket and the _bufferedBytes of _sender", async () => {
    const { ws, socket } = await open();
    expect(ws).to.include({ _isServer: true, _socket: socket, _readyState: WebSocket.OPEN, _paused: false });
    expect(ws._sender?._bufferedBytes).to.equal(0);
    ws._readyState = WebSocket.CLOSING;
    ws._paused = true;
    ws._sender = { _bufferedBytes: 7 };
    expect(ws).to.include({ readyState: WebSocket.CLOSING, isPaused: true, bufferedAmount: 7 });
  });

  it("is setSocket, which opens the connection and takes head first", async () => {
    const { ws, peer } = await open(frame(TEXT, "head"));
    peer.write(frame(TEXT, "socket"));
    expect(ws.readyState).to.equal(WebSocket.OPEN);
    expect([(await until(ws, "message"))[0], (await until(ws, "message"))[0]].map(String)).to.deep.equal([
      "head",
      "socket",
    ]);
  });

  it("is setSocket, which keeps the limits that it is given", async () => {
    const [large, scattered] = [await open(), await open()];
    large.peer.write(frame(TEXT, "x".repeat(1001)));
    expect((await readClose(large.peer)).code).to.equal(1009);
    for (let n = 0; n < 3; n++) scattered.peer.write(frame(n === 0 ? TEXT : 0, "x", { fin: false }));
    expect((await readClose(scattered.peer)).code).to.equal(1008);
  });

  it("is setSocket, which clears the socket's timeout and listens to its errors", async () => {
    const { socket, peer } = await socketPair();
    socket.setTimeout(1000);
    new Noted().setSocket(socket, Buffer.alloc(0), OPTIONS);
    expect(socket.timeout).to.equal(0);
    expect(socket.listenerCount("error")).to.equal(1);
    peer.reset();
    await untilTrue(() => socket.destroyed);
  });

  it("is setSocket, whose listener of the socket's close is the last, and takes a call for the event", async () => {
    const { ws, socket } = await open();
    const [listener] = socket.listeners("close").slice(-1) as (() => void)[];
    if (!listener) throw new Error("Nobody listens");
    socket.off("close", listener).destroy();
    listener.call(socket);
    expect(await until(ws, "close")).to.deep.equal([1006, Buffer.alloc(0)]);
  });

  it("is _protocol and _extensions, behind protocol and extensions", () => {
    const ws = new Noted();
    ws._protocol = "v1";
    ws._extensions = { "permessage-deflate": {} };
    expect([ws.protocol, ws.extensions]).to.deep.equal(["v1", "permessage-deflate"]);
  });

  it("is _eventsCount, of the events that somebody listens to", () => {
    const ws = new Noted();
    const counts = [ws._eventsCount];
    ws.on("message", () => {}).on("message", () => {});
    counts.push(ws._eventsCount);
    ws.removeAllListeners("message");
    counts.push(ws._eventsCount);
    expect(counts).to.deep.equal([0, 1, 0]);
  });

  it("is close, called to answer the peer's close, with its code and reason", async () => {
    const [coded, bare] = [await open(), await open()];
    coded.peer.write(closeFrame(4000, "bye"));
    bare.peer.write(closeFrame());
    await Promise.all([until(coded.ws, "close"), until(bare.ws, "close")]);
    expect(coded.ws.notes).to.deep.equal(["open", ["close", 4000, "bye"], "close"]);
    expect(bare.ws.notes[1]).to.deep.equal(["close", undefined, undefined]);
  });

  it("is close, called to refuse a frame, just before the error is emitted", async () => {
    const { ws, peer } = await open();
    peer.write(frame(0x3));
    await untilTrue(() => ws.readyState === WebSocket.CLOSED);
    expect(ws.notes).to.deep.equal(["open", ["close", 1002, undefined], "error", "close"]);
  });

  it("is _closeFrameReceived and _receiver.errored, which tell its own close from anybody else's", async () => {
    const [ours, answered, refused] = [await open(), await open(), await open()];
    ours.ws.close();
    expect(ours.ws.isEnded).to.equal(false);
    answered.peer.write(closeFrame(1000));
    refused.peer.write(frame(0x3));
    await untilTrue(() => [answered, refused].every(({ ws }) => ws.readyState === WebSocket.CLOSED));
    expect([answered.ws.isEnded, refused.ws.isEnded]).to.deep.equal([true, true]);
  });

  it("is emit, through which message, pong and close pass", async () => {
    const { ws, peer } = await open();
    peer.write(frame(TEXT, "x"), frame(PONG), closeFrame(1000));
    await until(ws, "close");
    expect(ws.notes.filter((note) => typeof note === "string")).to.deep.equal([
      "open",
      "message",
      "pong",
      "close",
    ]);
  });

  it("is close, called in the midst of closing too, which is no second beginning", async () => {
    const { ws, peer } = await open();
    ws.close(4000);
    peer.write(closeFrame(4001, "mine"));
    await until(ws, "close");
    expect(ws.notes.slice(1)).to.deep.equal([["close", 4000, undefined], ["close", 4001, "mine"], "close"]);
  });
});

describe("Transport", () => {
  const network = useNetwork();

  it("is given to whoever holds its connection", async () => {
    const { ws } = await network.rawPair();
    expect(transportOf(ws)).to.be.an.instanceOf(Transport).and.to.equal(ws.raw);
    for (const other of [{ raw: {} }, { raw: undefined }])
      expect(() => transportOf(other)).to.throw(TypeError);
  });

  it("answers pings, with their payload", async () => {
    const { peer } = await network.rawPair();
    peer.write(frame(PING, "p"), frame(PING));
    expect((await readFrame(peer)).payload.toString()).to.equal("p");
    expect(await readFrame(peer)).to.deep.equal({ fin: true, opcode: PONG, payload: Buffer.alloc(0) });
  });
});
