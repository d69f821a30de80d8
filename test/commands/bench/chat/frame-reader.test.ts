import { expect } from "chai";
import { FrameReader } from "../../../../commands/bench/chat/frame-reader.ts";
import { encodeControlFrame, encodeFrame } from "../../../../middleware/frame.ts";

describe("a frame reader", () => {
  /** What it reads of a stream that comes in pieces of a size. */
  function read(stream: Buffer, size: number): string[] {
    const frames: string[] = [];
    const reader = new FrameReader((opcode, bytes, start, end) =>
      frames.push(`${opcode} ${bytes.toString("utf8", start, end)}`),
    );
    // As a socket does: all pieces come in the same buffer, in the middle of other bytes.
    const buffer = Buffer.alloc(size + 2, 0xff);
    for (let at = 0; at < stream.length; at += size) {
      const length = stream.copy(buffer, 1, at, at + size);
      reader.read(buffer, 1, 1 + length);
    }
    return frames;
  }

  const long = "x".repeat(200);
  const stream = Buffer.concat([
    encodeFrame("Hello"),
    encodeFrame(""),
    encodeControlFrame("ping", "1"),
    encodeFrame(long),
    encodeFrame("Goodbye"),
  ]);

  for (const size of [1, 2, 3, 7, 100, 203, stream.length]) {
    it(`reads frames that come in pieces of ${size} bytes`, () => {
      expect(read(stream, size)).to.deep.equal(["1 Hello", "1 ", "9 1", `1 ${long}`, "1 Goodbye"]);
    });
  }

  for (const length of [2000, 70_000]) {
    it(`passes over one of ${length} bytes that comes in pieces, and nothing behind it`, () => {
      const frames = Buffer.concat([
        encodeFrame("Hello"),
        encodeFrame("x".repeat(length)),
        encodeFrame("Bye"),
      ]);
      for (const size of [1, 999, 1500]) expect(read(frames, size)).to.deep.equal(["1 Hello", "1 Bye"]);
    });
  }
});
