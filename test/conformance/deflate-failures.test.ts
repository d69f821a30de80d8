import { expect } from "chai";
import type { ViewOptions } from "../../middleware/websocket.ts";
import { type CompressedPeer, deflatedFrames, openCompressed } from "../support/compressed-peer.ts";
import { DeflateContext } from "../support/deflate-context.ts";
import { closed, text } from "../support/echo-peer.ts";
import { BINARY, CLOSE, CONTINUATION, closePayload, frame, PING, TEXT } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

const KIB = 1024;

const MORE = { fin: false };

/** "Hello" as RFC 7692 §7.2.3.1 compresses it, and again with a reference to the first (§7.2.3.2). */
const HELLO = Buffer.from("f248cdc9c90700", "hex");
const HELLO_AGAIN = Buffer.from("f200110000", "hex");

describe("permessage-deflate (RFC 7692)", () => {
  const network = useNetwork();
  const open = (offer?: string, options?: ViewOptions): Promise<CompressedPeer> =>
    openCompressed(network, offer, options);

  describe("fails", () => {
    const hello = deflatedFrames(TEXT, HELLO);

    const cases: readonly { title: string; frames: readonly Buffer[]; code: number }[] = [
      {
        title: "with 1002 on RSV1 on a continuation (§6.1)",
        frames: [frame(TEXT, "", { fin: false, rsv1: true }), frame(CONTINUATION, HELLO, { rsv1: true })],
        code: 1002,
      },
      {
        title: "with 1002 on RSV1 on a continuation of a message that is not compressed",
        frames: [frame(TEXT, "Hel", MORE), frame(CONTINUATION, "lo", { rsv1: true })],
        code: 1002,
      },
      { title: "with 1002 on RSV1 on a ping (§6.1)", frames: [frame(PING, "p", { rsv1: true })], code: 1002 },
      {
        title: "with 1002 on RSV1 on a close frame (§6.1)",
        frames: [frame(CLOSE, closePayload(1000), { rsv1: true })],
        code: 1002,
      },
      {
        title: "with 1007 on a block of a type that is reserved (RFC 1951 §3.2.3)",
        frames: deflatedFrames(BINARY, Buffer.from([0x07])),
        code: 1007,
      },
      {
        title: "with 1007 on bytes that are no DEFLATE",
        frames: deflatedFrames(TEXT, Buffer.alloc(50, 0xff)),
        code: 1007,
      },
      {
        title: "with 1007 on bytes that are no DEFLATE, in fragments",
        frames: deflatedFrames(TEXT, Buffer.alloc(50, 0xff), 5),
        code: 1007,
      },
      {
        title: "with 1007 on compressed text that is not UTF-8 (RFC 6455 §8.1)",
        frames: deflatedFrames(TEXT, new DeflateContext().deflate(Buffer.from("cebaeda080", "hex"))),
        code: 1007,
      },
      {
        title: "with 1007 on compressed text that ends in half a character, in fragments",
        frames: deflatedFrames(TEXT, new DeflateContext().deflate(Buffer.from("cebace", "hex")), 1),
        code: 1007,
      },
    ];
    for (const { title, frames, code } of cases) {
      it(title, async () => {
        const [alone, later] = [await open(), await open("permessage-deflate; client_no_context_takeover")];
        alone.send(...frames, frame(PING, "late"));
        await alone.expect(closed(code));
        later.send(...hello, ...frames, frame(PING, "late"));
        await later.expect(text("Hello"), closed(code));
      });
    }

    it("with 1007 where a message refers to one that is not there (§7.2.3.2)", async () => {
      const [first, second] = [await open(), await open("permessage-deflate; client_no_context_takeover")];
      first.send(...deflatedFrames(TEXT, HELLO_AGAIN));
      await first.expect(closed(1007));
      second.send(...hello, ...deflatedFrames(TEXT, HELLO_AGAIN));
      await second.expect(text("Hello"), closed(1007));
    });
  });

  describe("with maxPayload", () => {
    const limited = (): Promise<CompressedPeer> => open(undefined, { maxPayload: 10 * KIB });

    it("lets just so many bytes pass, again and again", async () => {
      const peer = await limited();
      const most = Buffer.alloc(10 * KIB, "x");
      for (const size of [undefined, 5]) {
        peer.send(...peer.compressed(TEXT, most, size));
        await peer.expect(text(most));
      }
    });

    it("closes with 1009 on one byte more, though compressed it is much less", async () => {
      for (const size of [undefined, 5]) {
        const peer = await limited();
        peer.send(...peer.compressed(TEXT, Buffer.alloc(10 * KIB + 1, "x"), size), frame(PING, "late"));
        await peer.expect(closed(1009));
      }
    });

    it("closes with 1009 on a message that inflates a thousandfold", async () => {
      const peer = await open();
      const bomb = peer.compressed(BINARY, Buffer.alloc(64 * KIB * KIB));
      expect(Buffer.concat(bomb).length).to.be.below(100 * KIB);
      peer.send(...bomb);
      await peer.expect(closed(1009));
    });

    it("closes with 1009 on fragments that inflate to too much together", async () => {
      const peer = await open();
      const parts = peer.compressed(BINARY, Buffer.alloc(2 * KIB * KIB), 500);
      peer.send(...parts);
      await peer.expect(closed(1009));
    });
  });
});
