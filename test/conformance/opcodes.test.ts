import { describeEcho, itExchanges } from "../support/describe-echo.ts";
import { closed, text } from "../support/echo-peer.ts";
import { frame, PING, TEXT } from "../support/raw-frames.ts";

const RESERVED = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];

describeEcho("reserved opcodes (RFC 6455 §5.2)", (open) => {
  itExchanges(
    open,
    RESERVED.flatMap((opcode) => [
      { title: `fails with 1002 on opcode ${opcode}`, send: [frame(opcode)], expect: [closed(1002)] },
      {
        title: `fails with 1002 on opcode ${opcode} with a payload`,
        send: [frame(opcode, "reserved")],
        expect: [closed(1002)],
      },
      {
        title: `fails with 1002 on opcode ${opcode} in the middle of a message`,
        send: [frame(TEXT, "half", { fin: false }), frame(opcode)],
        expect: [closed(1002)],
      },
      {
        title: `sends back what came before opcode ${opcode}, and nothing that comes after`,
        send: [frame(TEXT, "good"), frame(opcode, "reserved"), frame(PING, "late")],
        expect: [text("good"), closed(1002)],
      },
    ]),
  );
});
