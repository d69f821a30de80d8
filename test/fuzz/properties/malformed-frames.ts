import { deflateRawSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT } from "../../support/raw-frames.ts";
import { MAX_PAYLOAD } from "../app.ts";
import { type ClientFrame, encode, FIN, RSV1 } from "../client-frame.ts";
import { brief, bytes, bytesOf, mask } from "../conversation.ts";
import { property } from "../property.ts";
import { readFrames } from "../server-frames.ts";
import { shake } from "../shake.ts";

/** Frames that no client may send, and the close code that answers them (RFC 6455 §7.4.1). */
interface Wrong {
  readonly path: string;
  readonly frames: readonly ClientFrame[];
  readonly code: number;
}

const PROTOCOL_ERROR = 1002;
const INVALID_DATA = 1007;
const TOO_BIG = 1009;

const VIEWS = ["/echo", "/deflate", "/limits"];

const anyPath = fc.constantFrom(...VIEWS);
const control = fc.constantFrom(CLOSE, PING, PONG);
const data = fc.constantFrom(TEXT, BINARY);

function wrong(
  code: number,
  frames: fc.Arbitrary<readonly Omit<ClientFrame, "mask">[]>,
  path = anyPath,
): fc.Arbitrary<Wrong> {
  return fc
    .record({ path, frames, mask })
    .map(({ path, frames, mask }) => ({ path, code, frames: frames.map((frame) => ({ mask, ...frame })) }));
}

function one(frame: fc.Arbitrary<Omit<ClientFrame, "mask">>): fc.Arbitrary<Omit<ClientFrame, "mask">[]> {
  return frame.map((frame) => [frame]);
}

function frameOf(first: fc.Arbitrary<number>, payload = bytes(125)): fc.Arbitrary<Omit<ClientFrame, "mask">> {
  return fc.record({ first, payload });
}

/** Bytes that are no UTF-8, whatever is around them. */
const notUtf8 = fc
  .tuple(
    fc.string({ unit: "binary", maxLength: 10 }),
    fc.constantFrom(
      "80",
      "c0af",
      "e08080",
      "eda080",
      "edbfbf",
      "f4908080",
      "f8888080",
      "ff",
      "fe",
      "c3",
      "e28c",
      "f09f8d",
    ),
    fc.string({ unit: fc.constantFrom("a", "é", "卵"), maxLength: 10 }),
  )
  .map(([before, bad, after]) =>
    Buffer.concat([Buffer.from(before), Buffer.from(bad, "hex"), Buffer.from(after)]),
  );

const closeCode = fc.oneof(
  fc.integer({ min: 0, max: 999 }),
  fc.constantFrom(1004, 1005, 1006, 1015),
  fc.integer({ min: 1016, max: 2999 }),
  fc.integer({ min: 5000, max: 65_535 }),
);

function closePayload(code: number, reason: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), reason]);
}

/** Compressed data that does not begin as any may: a block of the reserved type (RFC 1951 §3.2.3). */
const notDeflated = bytes(100).map((rest) => Buffer.concat([Buffer.from([0x07]), rest]));

const wrongs = fc.oneof(
  // Reserved bits, with and without an extension that uses one of them.
  wrong(
    PROTOCOL_ERROR,
    one(
      frameOf(
        fc
          .tuple(data, fc.constantFrom(0x10, 0x20, 0x30, 0x50, 0x70))
          .map(([opcode, rsv]) => FIN | rsv | opcode),
      ),
    ),
  ),
  wrong(
    PROTOCOL_ERROR,
    one(frameOf(data.map((opcode) => FIN | RSV1 | opcode))),
    fc.constantFrom("/echo", "/limits"),
  ),
  wrong(PROTOCOL_ERROR, one(frameOf(control.map((opcode) => FIN | RSV1 | opcode)))),
  // Reserved opcodes.
  wrong(
    PROTOCOL_ERROR,
    one(frameOf(fc.constantFrom(3, 4, 5, 6, 7, 11, 12, 13, 14, 15).map((opcode) => FIN | opcode))),
  ),
  // Not masked.
  wrong(
    PROTOCOL_ERROR,
    one(
      fc.record({
        first: fc.oneof(data, control).map((opcode) => FIN | opcode),
        payload: bytes(125),
        mask: fc.constant(undefined),
      }),
    ),
  ),
  // Control frames that are fragmented, or too long.
  wrong(PROTOCOL_ERROR, one(frameOf(control))),
  wrong(
    PROTOCOL_ERROR,
    one(
      frameOf(
        control.map((opcode) => FIN | opcode),
        fc.integer({ min: 126, max: 70_000 }).map((size) => Buffer.alloc(size)),
      ),
    ),
  ),
  // A continuation of nothing; a message in the midst of another.
  wrong(PROTOCOL_ERROR, one(frameOf(fc.constantFrom(CONTINUATION, FIN | CONTINUATION)))),
  wrong(PROTOCOL_ERROR, fc.tuple(frameOf(data), frameOf(data.map((opcode) => FIN | opcode)))),
  // Text and reasons that are no UTF-8.
  wrong(INVALID_DATA, one(frameOf(fc.constant(FIN | TEXT), notUtf8))),
  wrong(
    INVALID_DATA,
    fc.tuple(notUtf8, fc.nat(20)).map(([payload, cut]) => [
      { first: TEXT, payload: payload.subarray(0, cut) },
      { first: FIN | CONTINUATION, payload: payload.subarray(cut) },
    ]),
  ),
  wrong(
    INVALID_DATA,
    one(
      frameOf(
        fc.constant(FIN | CLOSE),
        notUtf8.map((reason) => closePayload(1000, reason)),
      ),
    ),
  ),
  // Close frames.
  wrong(
    PROTOCOL_ERROR,
    one(
      frameOf(
        fc.constant(FIN | CLOSE),
        closeCode.map((code) => closePayload(code, Buffer.alloc(0))),
      ),
    ),
  ),
  wrong(PROTOCOL_ERROR, one(frameOf(fc.constant(FIN | CLOSE), fc.constant(Buffer.from([3]))))),
  // More than is received here: told, sent, in fragments, or once it is inflated.
  wrong(
    TOO_BIG,
    one(
      fc.record({
        first: data.map((opcode) => FIN | opcode),
        payload: bytes(10),
        told: fc.bigInt({ min: BigInt(MAX_PAYLOAD + 1), max: 2n ** 64n - 1n }),
      }),
    ),
    fc.constant("/limits"),
  ),
  wrong(
    TOO_BIG,
    fc.integer({ min: 1, max: MAX_PAYLOAD }).map((size) => [
      { first: BINARY, payload: Buffer.alloc(size) },
      { first: FIN | CONTINUATION, payload: Buffer.alloc(MAX_PAYLOAD + 1 - size) },
    ]),
    fc.constant("/limits"),
  ),
  wrong(
    TOO_BIG,
    fc.constant([{ first: FIN | RSV1 | BINARY, payload: deflateRawSync(Buffer.alloc(2 * 1024 * 1024)) }]),
    fc.constant("/deflate"),
  ),
  wrong(
    INVALID_DATA,
    one(
      frameOf(
        data.map((opcode) => FIN | RSV1 | opcode),
        notDeflated,
      ),
    ),
    fc.constant("/deflate"),
  ),
);

const input = fc.record({ before: fc.array(brief, { maxLength: 2 }), wrong: wrongs, trailer: bytes(20) });

/** What no client may send ends the connection with the code that RFC 6455 has for it, whatever came before or comes behind. */
export const malformedFrames = property(
  "malformed frames",
  20_000,
  input,
  async ({ before, wrong: { path, frames, code }, trailer }, wire) => {
    const deflate = path === "/deflate";
    await shake(wire, path);
    wire.write(bytesOf(before, deflate), ...frames.map(encode), trailer);
    const { messages, close } = readFrames(await wire.rest(), deflate);
    // A reset because of the trailer, which was not read, may overtake the close frame.
    if (close || wire.ended === "fin") expect(close?.code).to.equal(code);
    expect(messages).to.deep.equal(before.map(({ content }) => content).slice(0, messages.length));
  },
);
