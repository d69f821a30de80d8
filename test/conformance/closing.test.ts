import { describeEcho, itExchanges } from "../support/describe-echo.ts";
import { closed, pong, text } from "../support/echo-peer.ts";
import { CLOSE, CONTINUATION, closeFrame, frame, PING, TEXT } from "../support/raw-frames.ts";

/** Those that RFC 6455 §7.4.1 defines, the IANA registry adds, and both ends of each range that is free for use. */
const VALID = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
];
const INVALID = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];

describeEcho("closing (RFC 6455 §5.5.1 and §7)", (open) => {
  itExchanges(
    open,
    VALID.map((code) => ({
      title: `answers ${code} with ${code}, then ends the TCP connection (§7.1.1)`,
      send: [closeFrame(code)],
      expect: [closed(code)],
    })),
  );

  itExchanges(
    open,
    INVALID.map((code) => ({
      title: `fails with 1002 on the close code ${code} (§7.4)`,
      send: [closeFrame(code, "a reason")],
      expect: [closed(1002)],
    })),
  );

  itExchanges(open, [
    {
      title: "answers a close frame without a code with one without a code",
      send: [closeFrame()],
      expect: [closed()],
    },
    {
      title: "answers a reason with it",
      send: [closeFrame(1000, "Καλημέρα")],
      expect: [closed(1000, "Καλημέρα")],
    },
    {
      title: "takes a reason of 123 bytes, the most that there may be (§5.5)",
      send: [closeFrame(1000, "*".repeat(123))],
      expect: [closed(1000, "*".repeat(123))],
    },
    {
      title: "fails with 1002 on a reason of 124 bytes (§5.5)",
      send: [closeFrame(1000, "*".repeat(124))],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on half a close code",
      send: [frame(CLOSE, Buffer.from([3]))],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1007 on a reason that is not UTF-8 (§8.1)",
      send: [closeFrame(1000, Buffer.from([0xce, 0xba, 0xed, 0xa0, 0x80]))],
      expect: [closed(1007)],
    },
    {
      title: "sends back a message that came right before the close frame",
      send: [frame(TEXT, "last words"), closeFrame(1000)],
      expect: [text("last words"), closed(1000)],
    },
    {
      title: "sends back many messages that came right before the close frame",
      send: [...Array.from({ length: 50 }, (_, index) => frame(TEXT, `${index}`)), closeFrame(4000, "done")],
      expect: [...Array.from({ length: 50 }, (_, index) => text(`${index}`)), closed(4000, "done")],
    },
    {
      title: "answers a ping that came right before the close frame",
      send: [frame(PING, "last"), closeFrame(1000)],
      expect: [pong("last"), closed(1000)],
    },
    {
      title: "answers no ping that comes after the close frame",
      send: [closeFrame(1000), frame(PING, "late")],
      expect: [closed(1000)],
    },
    {
      title: "ignores a message that comes after the close frame",
      send: [closeFrame(1000), frame(TEXT, "late")],
      expect: [closed(1000)],
    },
    {
      title: "ignores garbage that comes after the close frame",
      send: [closeFrame(1000), Buffer.alloc(200_000, 0xff)],
      expect: [closed(1000)],
    },
    {
      title: "answers the first of two close frames",
      send: [closeFrame(1000), closeFrame(1001)],
      expect: [closed(1000)],
    },
    {
      title: "closes in the middle of a message, of which nothing is sent back",
      send: [frame(TEXT, "half", { fin: false }), closeFrame(1000), frame(CONTINUATION, "half")],
      expect: [closed(1000)],
    },
  ]);

  it("sends back a message of 256 KiB that came right before the close frame", async () => {
    const peer = await open();
    const payload = "0123456789abcdef".repeat(16 * 1024);
    peer.send(frame(TEXT, payload), closeFrame(1000), frame(PING, "late"));
    await peer.expect(text(payload), closed(1000));
  });
});
