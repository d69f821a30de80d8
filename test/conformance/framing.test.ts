import { randomBytes } from "node:crypto";
import { describeEcho, itExchanges } from "../support/describe-echo.ts";
import { binary, closed, text } from "../support/echo-peer.ts";
import { BINARY, frame, TEXT } from "../support/raw-frames.ts";

/** Around each change of the length field's form (RFC 6455 §5.2). */
const LENGTHS = [0, 125, 126, 127, 128, 65_535, 65_536];

/** More than a header, and nothing that divides the lengths. */
const CHOP = 997;

describeEcho("framing (RFC 6455 §5.2)", (open) => {
  for (const length of LENGTHS) {
    const messages = [
      { kind: "text", opcode: TEXT, payload: Buffer.from("*".repeat(length)), reply: text },
      { kind: "binary", opcode: BINARY, payload: randomBytes(length), reply: binary },
    ];
    for (const { kind, opcode, payload, reply } of messages) {
      it(`sends back a ${kind} message of ${length} bytes, however it is cut`, async () => {
        const peer = await open();
        const bytes = frame(opcode, payload);
        for (const size of [bytes.length, CHOP, ...(length <= 128 ? [1] : [])]) {
          await Promise.all([peer.sendChopped(size, bytes), peer.expect(reply(payload))]);
        }
      });
    }
  }

  itExchanges(open, [
    {
      title: "sends back text and binary messages of one segment, in order (§5.4)",
      send: [frame(TEXT, "one"), frame(BINARY, Buffer.from([2])), frame(TEXT, ""), frame(TEXT, "four")],
      expect: [text("one"), binary(Buffer.from([2])), text(""), text("four")],
    },
    {
      title: "fails with 1002 on a frame that is not masked (§5.1)",
      send: [frame(TEXT, "masked"), frame(TEXT, "bare", { masked: false })],
      expect: [text("masked"), closed(1002)],
    },
  ]);
});
