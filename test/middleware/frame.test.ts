import { expect } from "chai";
import { encodeBinaryHeader, encodeFrame, frameSize, writeTextFrame } from "../../middleware/frame.ts";

describe("encodeFrame", () => {
  it("frames the examples of RFC 6455 §5.7", () => {
    expect(encodeFrame("Hello").toString("hex")).to.equal("810548656c6c6f");
    const [medium, large] = [Buffer.alloc(256, 1), Buffer.alloc(65536, 1)];
    expect(encodeFrame(medium)).to.deep.equal(Buffer.concat([Buffer.from("827e0100", "hex"), medium]));
    expect(encodeFrame(large)).to.deep.equal(
      Buffer.concat([Buffer.from("827f0000000000010000", "hex"), large]),
    );
  });

  it("writes the length in the fewest bytes that hold it (RFC 6455 §5.2)", () => {
    const headers = [0, 1, 125, 126, 65535, 65536].map((length) =>
      encodeFrame(Buffer.alloc(length))
        .subarray(0, frameSize(length) - length)
        .toString("hex"),
    );
    expect(headers).to.deep.equal(["8200", "8201", "827d", "827e007e", "827effff", "827f0000000000010000"]);
  });

  it("counts text in bytes of UTF-8, around every length where the header changes", () => {
    for (const character of ["x", "é", "卵", "🍳"]) {
      for (const length of [0, 1, 20, 31, 41, 42, 62, 63, 125, 126, 127, 21845, 32768, 65535, 65536]) {
        const text = character.repeat(length);
        const payload = Buffer.from(text);
        const framed = encodeFrame(text);
        expect(framed[0]).to.equal(0x81);
        expect(framed.length).to.equal(frameSize(payload.length));
        expect(framed.subarray(framed.length - payload.length).equals(payload)).to.equal(true);
        expect(framed.subarray(1, framed.length - payload.length).equals(binaryLength(payload))).to.equal(
          true,
        );
      }
    }
  });

  it("replaces a lone surrogate, which UTF-8 cannot say", () => {
    expect(encodeFrame("a\ud800b").toString("hex")).to.equal("810561efbfbd62");
  });
});

describe("encodeBinaryHeader", () => {
  it("is the header that encodeFrame writes", () => {
    for (const length of [0, 125, 126, 65535, 65536]) {
      const framed = encodeFrame(Buffer.alloc(length));
      expect(encodeBinaryHeader(length)).to.deep.equal(framed.subarray(0, framed.length - length));
    }
  });
});

describe("writeTextFrame", () => {
  it("writes at an offset, and gives the offset behind the frame", () => {
    const target = Buffer.alloc(16, 0xff);
    expect(writeTextFrame(target, 3, "Café")).to.equal(10);
    expect(target.toString("hex")).to.equal("ffffff8105436166c3a9ffffffffffff");
  });
});

/** The length as `encodeFrame` writes it for a binary message of the same size. */
function binaryLength(payload: Buffer): Buffer {
  return encodeBinaryHeader(payload.length).subarray(1);
}
