import { expect } from "chai";
import { type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { CompressedPeer } from "../support/compressed-peer.ts";
import { dialTls } from "../support/dial-tls.ts";
import { echo } from "../support/echo.ts";
import { binary, closed, pong, type Reply, text } from "../support/echo-peer.ts";
import { quietApp } from "../support/quiet-app.ts";
import { BINARY, closeFrame, fragments, frame, PING, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse, SAMPLE_ACCEPT } from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

const MIB = 1024 * 1024;

const GROUPS: readonly { title: string; send: readonly Buffer[]; expect: readonly Reply[] }[] = [
  {
    title: "frames of two bytes more than the short length",
    send: [frame(TEXT, "x".repeat(127))],
    expect: [text("x".repeat(127))],
  },
  { title: "pings", send: [frame(PING, "1"), frame(PING, "2")], expect: [pong("1"), pong("2")] },
  {
    title: "reserved bits",
    send: [frame(TEXT, "good"), frame(TEXT, "bad", { rsv2: true })],
    expect: [text("good"), closed(1002)],
  },
  { title: "reserved opcodes", send: [frame(TEXT, "good"), frame(3)], expect: [text("good"), closed(1002)] },
  { title: "fragments", send: fragments(TEXT, "in fragments", 1), expect: [text("in fragments")] },
  {
    title: "bytes that are not UTF-8",
    send: [frame(TEXT, Buffer.from("eda080", "hex"))],
    expect: [closed(1007)],
  },
  {
    title: "a close frame behind a message",
    send: [frame(TEXT, "last"), closeFrame(4000, "bye")],
    expect: [text("last"), closed(4000, "bye")],
  },
  { title: "more than maxPayload", send: [frame(BINARY, Buffer.alloc(MIB + 1))], expect: [closed(1009)] },
];

describe("RFC 6455 and RFC 7692 over TLS", () => {
  const network = useNetwork();

  async function open(offer: string | undefined, options: ViewOptions = {}): Promise<CompressedPeer> {
    const raw = await dialTls(network, quietApp().get("/", websocket(echo, options)));
    raw.write(handshakeText("/", { "Sec-WebSocket-Extensions": offer }));
    const { status, headers } = await readResponse(raw);
    expect([status, headers["sec-websocket-accept"]]).to.deep.equal([101, SAMPLE_ACCEPT]);
    return new CompressedPeer(raw, headers["sec-websocket-extensions"] ?? "");
  }

  for (const compression of [false, true]) {
    const offer = compression ? "permessage-deflate" : undefined;
    for (const { title, send, expect: replies } of GROUPS) {
      it(`treat ${title} as without it, compression ${compression ? "on" : "off"}`, async () => {
        const [whole, chopped] = await Promise.all([
          open(offer, { compression }),
          open(offer, { compression }),
        ]);
        whole.send(...send);
        await whole.expect(...replies);
        const size = Buffer.concat(send).length > 1000 ? 4096 : 1;
        await Promise.all([chopped.sendChopped(size, ...send), chopped.expect(...replies)]);
      });
    }
  }

  it("carry compressed messages", async () => {
    const peer = await open("permessage-deflate; server_max_window_bits=9", { compression: true });
    for (const message of ["one ", "two ", "one "].map((word) => word.repeat(1000))) {
      peer.send(...peer.compressed(TEXT, message, 50));
      await peer.expect(text(message));
    }
  });

  it("carry a message of 1 MiB of which each record has 64 bytes", async () => {
    const peer = await open(undefined);
    const payload = Buffer.alloc(MIB, "x");
    await Promise.all([sendRecords(peer, 64, frame(BINARY, payload)), peer.expect(binary(payload))]);
  });

  it("close with 1008 on a frame of more records than it may have", async () => {
    const peer = await open(undefined);
    await Promise.all([sendRecords(peer, 1, frame(BINARY, Buffer.alloc(40_000))), peer.expect(closed(1008))]);
  });
});

/** Writes so many bytes in each TLS record: what is written while a record is under way would share one. */
async function sendRecords({ raw }: CompressedPeer, size: number, bytes: Buffer): Promise<void> {
  for (let start = 0; start < bytes.length && raw.end === "open"; start += size) {
    await new Promise((resolve) => raw.socket.write(bytes.subarray(start, start + size), resolve));
  }
}
