import { once } from "node:events";
import { createServer, Socket } from "node:net";
import { Duplex } from "node:stream";
import { expect } from "chai";
import { directPush, pushesItself } from "../../middleware/direct-push.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("directPush", () => {
  const network = useNetwork();
  let socket: Socket;
  let peer: RawSocket;
  let heard: string;

  function listener(chunk: Buffer): void {
    heard += chunk;
  }

  beforeEach(async () => {
    heard = "";
    const server = createServer();
    const port = await network.listen(server);
    const accepted = once(server, "connection");
    peer = await network.dial(port);
    [socket] = await accepted;
    socket.push = directPush(listener);
    socket.on("data", listener);
  });

  /** Sends a text, and waits until the listener has heard it. */
  async function hear(text: string): Promise<void> {
    const expected = heard + text;
    peer.write(text);
    await untilTrue(() => heard === expected);
  }

  it("gives the listener its chunks past the stream", async () => {
    await hear("eggs");
    await hear("ham");
    expect(socket.readableDidRead).to.equal(false);
  });

  it("lets another listener hear what comes while it listens", async () => {
    let other = "";
    const second = (chunk: Buffer): void => {
      other += chunk;
    };
    await hear("a");
    socket.on("data", second);
    await hear("b");
    socket.off("data", second);
    await hear("c");
    expect(other).to.equal("b");
  });

  it("keeps the order of what comes while reading is paused, and goes on", async () => {
    await hear("a");
    socket.pause();
    peer.write("b");
    await untilTrue(() => socket.readableLength === 1);
    peer.write("c");
    await untilTrue(() => socket.readableLength === 2);
    expect(heard).to.equal("a");
    socket.resume();
    await untilTrue(() => heard === "abc");
    await hear("d");
  });

  it("holds the peer back while reading is paused", async () => {
    await hear("a");
    socket.pause();
    peer.write("x".repeat(8 * 1024 * 1024));
    await untilTrue(() => socket.readableLength >= socket.readableHighWaterMark);
    expect(socket.readableLength).to.be.below(1024 * 1024);
    socket.resume();
    await untilTrue(() => heard.length === 1 + 8 * 1024 * 1024);
  });

  it("lets the listener pause and destroy in the midst of a chunk", async () => {
    socket.once("data", () => socket.pause());
    peer.write("a");
    await untilTrue(() => socket.isPaused());
    peer.write("b");
    await untilTrue(() => socket.readableLength === 1);
    socket.removeListener("data", listener);
    socket.on("data", () => socket.destroy());
    socket.resume();
    await once(socket, "close");
  });

  it("tells of the end behind the last chunk", async () => {
    await hear("a");
    peer.socket.end("b");
    await once(socket, "end");
    expect(heard).to.equal("ab");
  });

  it("tells of a reset", async () => {
    await hear("a");
    const failed = once(socket, "error");
    peer.socket.resetAndDestroy();
    expect((await failed)[0]).to.have.property("code", "ECONNRESET");
  });
});

describe("pushesItself", () => {
  it("is true of a socket, and false once its push was replaced", () => {
    const socket = new Socket();
    expect(pushesItself(socket)).to.equal(true);
    socket.push = () => true;
    expect(pushesItself(socket)).to.equal(false);
  });

  it("is false of a stream that is no socket", () => {
    const stream = new Duplex({ read() {}, write() {} });
    expect(Reflect.apply(pushesItself, undefined, [stream])).to.equal(false);
  });
});
