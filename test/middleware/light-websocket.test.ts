import { expect } from "chai";
import { LightWebSocket } from "../../middleware/light-websocket.ts";
import {
  BINARY,
  CONTINUATION,
  closeFrame,
  frame,
  PING,
  PONG,
  readFrame,
  TEXT,
} from "../support/raw-frames.ts";
import { LONG } from "../support/timeouts.ts";
import { until } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

/** Whether `ws` reads the connection: it has its receiver by then. */
function isHandedOver(raw: unknown): boolean {
  if (!(raw instanceof LightWebSocket)) throw new TypeError("Not light");
  return raw._receiver !== null;
}

describe("LightWebSocket", () => {
  const network = useNetwork();
  const rawPair = () => network.rawPair({ pingInterval: LONG });

  it("needs nothing of ws for messages, pings and pongs", async () => {
    const { ws, peer } = await rawPair();
    peer.write(Buffer.concat([frame(TEXT, "eggs"), frame(PING, "p"), frame(PONG), frame(BINARY, "ham")]));
    expect(await ws.recv()).to.equal("eggs");
    expect(await ws.recv()).to.deep.equal(Buffer.from("ham"));
    expect(await readFrame(peer)).to.deep.include({ opcode: PONG });
    expect(isHandedOver(ws.raw)).to.equal(false);
  });

  it("hands over at a fragmented message and loses nothing, wherever the bytes are cut", async () => {
    const bytes = Buffer.concat([
      frame(TEXT, "one"),
      frame(TEXT, "t", { fin: false }),
      frame(PING, "p"),
      frame(CONTINUATION, "wo"),
      frame(TEXT, "three"),
      closeFrame(1000),
    ]);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const { ws, peer } = await rawPair();
      peer.write(bytes.subarray(0, cut));
      // A turn of the server's: it has read the first part by then, or reads both at once.
      await new Promise(setImmediate);
      peer.write(bytes.subarray(cut));
      const received: unknown[] = [];
      for await (const message of ws) received.push(message);
      expect(received, `cut at ${cut}`).to.deep.equal(["one", "two", "three"]);
      expect(isHandedOver(ws.raw)).to.equal(true);
    }
  });

  it("reads what comes byte by byte", async () => {
    const { ws, peer } = await rawPair();
    for (const byte of Buffer.concat([frame(TEXT, "eggs"), frame(TEXT, "x".repeat(130))])) {
      peer.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    expect([await ws.recv(), await ws.recv()]).to.deep.equal(["eggs", "x".repeat(130)]);
    expect(isHandedOver(ws.raw)).to.equal(false);
  });

  it("has ws put together what is long and comes in parts", async () => {
    const { ws, peer } = await rawPair();
    const text = "x".repeat(60_000);
    const bytes = frame(TEXT, text);
    peer.write(bytes.subarray(0, 30_000));
    while (!isHandedOver(ws.raw)) await new Promise(setImmediate);
    peer.write(Buffer.concat([bytes.subarray(30_000), frame(TEXT, "next")]));
    expect([await ws.recv(), await ws.recv()]).to.deep.equal([text, "next"]);
  });

  it("gives a listener what comes after the frame that is half there", async () => {
    const { ws, peer } = await rawPair();
    const bytes = Buffer.concat([frame(TEXT, "eggs"), frame(TEXT, "ham")]);
    peer.write(bytes.subarray(0, bytes.length - 3));
    expect(await ws.recv()).to.equal("eggs");
    const message = until(ws.raw, "message");
    peer.write(bytes.subarray(bytes.length - 3));
    expect(String((await message)[0])).to.equal("ham");
  });

  it("keeps the order of what raw sends", async () => {
    const { ws, peer } = await rawPair();
    ws.send("one");
    ws.raw.send("two");
    ws.send("three");
    ws.raw.ping("four");
    expect(isHandedOver(ws.raw)).to.equal(true);
    const payloads: string[] = [];
    for (let n = 0; n < 4; n += 1) payloads.push((await readFrame(peer)).payload.toString());
    expect(payloads.filter((payload) => payload !== "four")).to.deep.equal(["one", "two", "three"]);
  });

  it("opens once, whoever listens", async () => {
    const { ws } = await rawPair();
    let opened = 0;
    ws.raw.on("open", () => {
      opened += 1;
    });
    ws.raw.ping();
    expect(isHandedOver(ws.raw)).to.equal(true);
    expect(opened).to.equal(0);
  });
});
