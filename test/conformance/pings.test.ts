import { describeEcho, itExchanges } from "../support/describe-echo.ts";
import { closed, pong, text } from "../support/echo-peer.ts";
import { frame, PING, PONG, TEXT } from "../support/raw-frames.ts";

const BYTES = Buffer.from([0x00, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0x00, 0xff]);
const TEN = Array.from({ length: 10 }, (_, index) => `ping ${index}`);

describeEcho("pings and pongs (RFC 6455 §5.5.2 and §5.5.3)", (open) => {
  itExchanges(open, [
    { title: "answers a ping without a payload", send: [frame(PING)], expect: [pong()] },
    { title: "answers a ping with its text", send: [frame(PING, "hello")], expect: [pong("hello")] },
    {
      title: "answers a ping with its bytes, UTF-8 or not",
      send: [frame(PING, BYTES)],
      expect: [pong(BYTES)],
    },
    {
      title: "answers a ping of 125 bytes, the most that there may be (§5.5)",
      send: [frame(PING, Buffer.alloc(125, 0xfe))],
      expect: [pong(Buffer.alloc(125, 0xfe))],
    },
    {
      title: "fails with 1002 on a ping of 126 bytes (§5.5)",
      send: [frame(PING, Buffer.alloc(126, 0xfe))],
      expect: [closed(1002)],
    },
    {
      title: "fails with 1002 on a pong of 126 bytes (§5.5)",
      send: [frame(PONG, Buffer.alloc(126, 0xfe))],
      expect: [closed(1002)],
    },
    {
      title: "answers ten pings in order",
      send: TEN.map((payload) => frame(PING, payload)),
      expect: TEN.map((payload) => pong(payload)),
    },
    {
      title: "takes a pong that answers no ping, and says nothing",
      send: [frame(PONG), frame(PONG, "unsolicited"), frame(PING, "real")],
      expect: [pong("real")],
    },
    {
      title: "sends messages back between pings",
      send: [frame(PING, "before"), frame(TEXT, "message")],
      expect: [pong("before"), text("message")],
    },
  ]);
});
