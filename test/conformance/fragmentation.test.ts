import { randomBytes } from "node:crypto";
import { describeEcho, itExchanges } from "../support/describe-echo.ts";
import { binary, closed, pong, text } from "../support/echo-peer.ts";
import {
  BINARY,
  CLOSE,
  CONTINUATION,
  closePayload,
  fragments,
  frame,
  PING,
  PONG,
  TEXT,
} from "../support/raw-frames.ts";

const MORE = { fin: false };
const BYTES = randomBytes(1000);

describeEcho("fragmentation (RFC 6455 §5.4)", (open) => {
  const control = [
    { kind: "ping", opcode: PING, payload: "x" },
    { kind: "pong", opcode: PONG, payload: "x" },
    { kind: "close", opcode: CLOSE, payload: closePayload(1000) },
  ];
  itExchanges(
    open,
    control.map(({ kind, opcode, payload }) => ({
      title: `fails with 1002 on a ${kind} in fragments (§5.5)`,
      send: [frame(opcode, payload, MORE), frame(CONTINUATION, "y")],
      expect: [closed(1002)],
    })),
  );

  itExchanges(open, [
    {
      title: "joins a text of two fragments",
      send: [frame(TEXT, "one ", MORE), frame(CONTINUATION, "two")],
      expect: [text("one two")],
    },
    {
      title: "joins a binary message of many fragments",
      send: fragments(BINARY, BYTES, 7),
      expect: [binary(BYTES)],
    },
    {
      title: "joins fragments of one byte",
      send: fragments(TEXT, "octet by octet", 1),
      expect: [text("octet by octet")],
    },
    {
      title: "joins fragments that are empty",
      send: [frame(TEXT, "", MORE), frame(CONTINUATION, "", MORE), frame(CONTINUATION)],
      expect: [text("")],
    },
    {
      title: "joins fragments of which only one is not empty",
      send: [frame(TEXT, "", MORE), frame(CONTINUATION, "middle", MORE), frame(CONTINUATION)],
      expect: [text("middle")],
    },
    {
      title: "answers a ping between two fragments, ahead of the message (§5.5)",
      send: [frame(TEXT, "one ", MORE), frame(PING, "between"), frame(CONTINUATION, "two")],
      expect: [pong("between"), text("one two")],
    },
    {
      title: "answers a ping between any two fragments",
      send: fragments(TEXT, "abcde", 1)
        .flatMap((part, index) => [part, frame(PING, `${index}`)])
        .slice(0, -1),
      expect: [pong("0"), pong("1"), pong("2"), pong("3"), text("abcde")],
    },
    {
      title: "takes a pong between two fragments",
      send: [frame(TEXT, "one ", MORE), frame(PONG, "between"), frame(CONTINUATION, "two")],
      expect: [text("one two")],
    },
    {
      title: "takes one message in fragments after another",
      send: [...fragments(TEXT, "first", 2), ...fragments(BINARY, BYTES, 300), frame(TEXT, "whole")],
      expect: [text("first"), binary(BYTES), text("whole")],
    },
    {
      title: "fails with 1002 on a last fragment of no message",
      send: [frame(CONTINUATION, "of nothing"), frame(TEXT, "late")],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on a fragment of no message",
      send: [frame(CONTINUATION, "of nothing", MORE), frame(TEXT, "late")],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on an empty fragment of no message",
      send: [frame(CONTINUATION)],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on a fragment behind the last of its message",
      send: [...fragments(TEXT, "whole", 3), frame(CONTINUATION, "more", MORE), frame(TEXT, "late")],
      expect: [text("whole"), closed(1002)],
    },
    {
      title: "fails with 1002 on a text in the middle of a message",
      send: [frame(TEXT, "half", MORE), frame(TEXT, "other"), frame(CONTINUATION, "half")],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on a binary message in the middle of a text",
      send: [frame(TEXT, "half", MORE), frame(BINARY, BYTES), frame(CONTINUATION, "half")],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on a second first fragment",
      send: [frame(TEXT, "half", MORE), frame(CONTINUATION, "half", MORE), frame(TEXT, "other", MORE)],
      expect: [closed(1002)],
    },
  ]);

  it("joins a message of 64 KiB that its client cuts into frames of 1,300 bytes", async () => {
    const peer = await open();
    const payload = "0123456789abcdef".repeat(4096);
    peer.send(...fragments(TEXT, payload, 1300));
    await peer.expect(text(payload));
  });
});
