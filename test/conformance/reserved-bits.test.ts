import { describeEcho, type Exchange, itExchanges } from "../support/describe-echo.ts";
import { closed, text } from "../support/echo-peer.ts";
import {
  BINARY,
  CLOSE,
  CONTINUATION,
  closePayload,
  type FrameOptions,
  frame,
  PING,
  PONG,
  TEXT,
} from "../support/raw-frames.ts";

const FRAMES = [
  { kind: "text", opcode: TEXT, payload: "hello" },
  { kind: "binary", opcode: BINARY, payload: "hello" },
  { kind: "ping", opcode: PING, payload: "hello" },
  { kind: "pong", opcode: PONG, payload: "hello" },
  { kind: "close", opcode: CLOSE, payload: closePayload(1000) },
];

describeEcho("reserved bits (RFC 6455 §5.2)", (open, { agreed }) => {
  for (const bits of [1, 2, 3, 4, 5, 6, 7]) {
    const rsv = { rsv1: (bits & 4) > 0, rsv2: (bits & 2) > 0, rsv3: (bits & 1) > 0 };
    // RSV1 alone is how a message says that it is compressed (RFC 7692 §6).
    const reserved = FRAMES.filter(
      ({ opcode }) => !(agreed && bits === 4 && (opcode === TEXT || opcode === BINARY)),
    );
    itExchanges(
      open,
      reserved.flatMap(({ kind, opcode, payload }) => exchanges(kind, frame(opcode, payload, rsv), rsv)),
    );
    itExchanges(open, [
      {
        title: `fails with 1002 on a continuation with ${named(rsv)}`,
        send: [frame(TEXT, "hel", { fin: false }), frame(CONTINUATION, "lo", rsv)],
        expect: [closed(1002)],
      },
    ]);
  }
});

function exchanges(kind: string, bad: Buffer, rsv: FrameOptions): Exchange[] {
  return [
    { title: `fails with 1002 on a ${kind} frame with ${named(rsv)}`, send: [bad], expect: [closed(1002)] },
    {
      title: `sends back what came before a ${kind} frame with ${named(rsv)}, and nothing that comes after`,
      send: [frame(TEXT, "good"), bad, frame(PING, "late")],
      expect: [text("good"), closed(1002)],
    },
  ];
}

function named({ rsv1, rsv2, rsv3 }: FrameOptions): string {
  return [rsv1 && "RSV1", rsv2 && "RSV2", rsv3 && "RSV3"].filter(Boolean).join(", ");
}
