import { describeEcho, itExchanges } from "../support/describe-echo.ts";
import { binary, closed, text } from "../support/echo-peer.ts";
import { BINARY, CONTINUATION, fragments, frame, PING, TEXT } from "../support/raw-frames.ts";

const MAX = 300;
const MOST = Buffer.alloc(MAX, "x");
const MORE = Buffer.alloc(MAX + 1, "x");

describeEcho("maxPayload (RFC 6455 §7.4.1)", (open) => {
  itExchanges(
    () => open({ maxPayload: MAX }),
    [
      {
        title: "lets text and binary messages of just so many bytes pass, again and again",
        send: [frame(TEXT, MOST), frame(BINARY, MOST), frame(TEXT, MOST)],
        expect: [text(MOST), binary(MOST), text(MOST)],
      },
      {
        title: "lets a message of just so many bytes pass in fragments",
        send: [...fragments(TEXT, MOST, 1), ...fragments(BINARY, MOST, 7)],
        expect: [text(MOST), binary(MOST)],
      },
      {
        title: "lets empty fragments pass behind so many bytes",
        send: [
          frame(TEXT, MOST, { fin: false }),
          frame(CONTINUATION, "", { fin: false }),
          frame(CONTINUATION),
        ],
        expect: [text(MOST)],
      },
      {
        title: "counts bytes, not characters",
        send: [frame(TEXT, "é".repeat(MAX / 2)), frame(TEXT, "é".repeat(MAX / 2 + 1))],
        expect: [text("é".repeat(MAX / 2)), closed(1009)],
      },
      {
        title: "closes with 1009 on one byte more",
        send: [frame(BINARY, MORE), frame(PING, "late")],
        expect: [closed(1009)],
      },
      {
        title: "closes with 1009 on one byte more in fragments",
        send: [...fragments(TEXT, MORE, 7), frame(PING, "late")],
        expect: [closed(1009)],
      },
      {
        title: "closes with 1009 on the length alone, before its bytes come",
        send: [frame(BINARY, MORE).subarray(0, 4)],
        expect: [closed(1009)],
      },
      {
        title: "closes with 1009 on the longest length that there is",
        send: [Buffer.from([0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
        expect: [closed(1009)],
      },
      {
        title: "sends back what came before a message that is too large",
        send: [frame(TEXT, "good"), frame(TEXT, MORE)],
        expect: [text("good"), closed(1009)],
      },
    ],
  );
});
