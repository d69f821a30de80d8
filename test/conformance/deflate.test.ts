import { randomBytes } from "node:crypto";
import { expect } from "chai";
import type { ViewOptions } from "../../middleware/websocket.ts";
import { type CompressedPeer, deflatedFrames, openCompressed } from "../support/compressed-peer.ts";
import { binary, pong, type Reply, text } from "../support/echo-peer.ts";
import { BINARY, CONTINUATION, fragments, frame, PING, TEXT } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

const KIB = 1024;
const MORE = { fin: false };

const OFFERS = [
  "permessage-deflate",
  "permessage-deflate; server_no_context_takeover",
  "permessage-deflate; client_no_context_takeover",
  "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
  "permessage-deflate; server_max_window_bits=8; client_max_window_bits=8",
  "permessage-deflate; server_max_window_bits=9; client_max_window_bits=9",
  "permessage-deflate; server_max_window_bits=12; server_no_context_takeover",
];

/** "Hello" as RFC 7692 §7.2.3 compresses it. */
const HELLO = {
  oneBlock: Buffer.from("f248cdc9c90700", "hex"),
  again: Buffer.from("f200110000", "hex"),
  notCompressed: Buffer.from("000500faff48656c6c6f00", "hex"),
  lastBlock: Buffer.from("f348cdc9c9070000", "hex"),
  twoBlocks: Buffer.from("f24805000000ffffcac9c90700", "hex"),
};

/** Of each kind that compresses in a way of its own. */
const KINDS: readonly ((size: number) => Reply)[] = [
  (size) => text("0123456789".repeat(Math.ceil(size / 10))),
  (size) => binary(randomBytes(size)),
  (size) => text(JSON.stringify({ size, list: Array.from({ length: Math.ceil(size / 8) }, (_, n) => n) })),
  (size) => binary(Buffer.alloc(size)),
  (size) => text("κόσμε 卵 👩‍👩‍👧 ".repeat(Math.ceil(size / 40))),
];

describe("permessage-deflate (RFC 7692)", () => {
  const network = useNetwork();
  const open = (offer?: string, options?: ViewOptions): Promise<CompressedPeer> =>
    openCompressed(network, offer, options);

  for (const offer of OFFERS) {
    it(`carries 1,000 messages of all sizes and kinds with ${offer}`, async () => {
      const peer = await open(offer);
      const messages = Array.from({ length: 1000 }, (_, n) =>
        KINDS[n % KINDS.length]?.((n * n) % 5000),
      ).filter((message) => message !== undefined);
      for (const [n, [opcode, payload]] of messages.entries()) {
        // One in seven as it is, one in three in fragments: the context goes on over both.
        if (n % 7 === 6) peer.send(frame(opcode, payload));
        else peer.send(...peer.compressed(opcode, payload, n % 3 === 0 ? 100 : undefined));
      }
      await peer.expect(...messages);
    });
  }

  it("refers to earlier messages, unless it was agreed not to (§7.1.1.1)", async () => {
    const [kept, dropped] = [await open(), await open("permessage-deflate; server_no_context_takeover")];
    const payload = randomBytes(4 * KIB);
    const sizes = await Promise.all(
      [kept, dropped].map(async (peer) => {
        await sendBack(peer, payload);
        const before = peer.raw.socket.bytesRead;
        await sendBack(peer, payload);
        return peer.raw.socket.bytesRead - before;
      }),
    );
    expect(sizes[0]).to.be.below(200);
    expect(sizes[1]).to.be.above(4 * KIB);
  });

  it("inflates the examples of §7.2.3, on one connection and each on its own", async () => {
    const { oneBlock, again, ...others } = HELLO;
    const peer = await open();
    peer.send(...[oneBlock, again].flatMap((payload) => deflatedFrames(TEXT, payload)));
    await peer.expect(text("Hello"), text("Hello"));
    for (const payload of Object.values(others)) {
      const alone = await open();
      for (const sent of [alone, peer]) {
        sent.send(...deflatedFrames(TEXT, payload));
        await sent.expect(text("Hello"));
      }
    }
  });

  it("inflates a message in fragments of every size, with pings between them (§6.1)", async () => {
    const peer = await open();
    const message = "A text that is long enough to be cut, cut, and cut again.";
    for (const size of [1, 2, 3, 7, 20]) {
      const frames = peer.compressed(TEXT, message, size).flatMap((part) => [frame(PING, "p"), part]);
      const pongs = Array.from({ length: frames.length / 2 }, () => pong("p"));
      await Promise.all([peer.sendChopped(1, ...frames), peer.expect(...pongs, text(message))]);
    }
  });

  it("inflates a message with empty fragments at its start, middle and end", async () => {
    const peer = await open();
    const payload = HELLO.oneBlock;
    peer.send(
      frame(TEXT, "", { fin: false, rsv1: true }),
      frame(CONTINUATION, payload.subarray(0, 3), MORE),
      frame(CONTINUATION, "", MORE),
      frame(CONTINUATION, payload.subarray(3), MORE),
      frame(CONTINUATION),
    );
    await peer.expect(text("Hello"));
  });

  it("carries empty messages, compressed or not (§7.2.3.6)", async () => {
    const peer = await open();
    peer.send(
      ...deflatedFrames(TEXT, Buffer.from([0])),
      ...peer.compressed(BINARY, ""),
      frame(TEXT),
      ...fragments(BINARY, "", 1),
    );
    await peer.expect(text(""), binary(Buffer.alloc(0)), text(""), binary(Buffer.alloc(0)));
  });

  it("takes messages that are not compressed between those that are (§6)", async () => {
    const peer = await open();
    for (const message of ["one", "two", "three"]) {
      peer.send(frame(TEXT, message), ...fragments(TEXT, message, 2), ...peer.compressed(TEXT, message));
      await peer.expect(text(message), text(message), text(message));
    }
  });

  it("carries messages of 16 MiB, in one frame and in fragments", async () => {
    // Bytes that do not compress get longer, and are counted as they come too.
    const peer = await open(undefined, { maxPayload: 17 * KIB * KIB });
    for (const [payload, size] of [
      [Buffer.alloc(16 * KIB * KIB, "0123456789abcdef"), undefined],
      [randomBytes(16 * KIB * KIB), 64 * KIB],
    ] as const) {
      peer.send(...peer.compressed(BINARY, payload, size));
      await peer.expect(binary(payload));
    }
  });
});

async function sendBack(peer: CompressedPeer, payload: Buffer): Promise<void> {
  peer.send(...peer.compressed(BINARY, payload));
  await peer.expect(binary(payload));
}
