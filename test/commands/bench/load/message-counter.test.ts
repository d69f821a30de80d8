import { expect } from "chai";
import { MessageCounter } from "../../../../commands/bench/load/message-counter.ts";
import { CLOSE, CONTINUATION, closePayload, frame, PING, PONG, TEXT } from "../../../support/raw-frames.ts";

const FROM_SERVER = { masked: false };

/** A text message in one frame, with a payload of so many bytes. */
function message(length: number): Buffer {
  return frame(TEXT, "x".repeat(length), FROM_SERVER);
}

function count(bytes: Buffer): number {
  return new MessageCounter().count(bytes, 0, bytes.length);
}

describe("MessageCounter", () => {
  for (const length of [0, 1, 125, 126, 127, 0xffff, 0x10000]) {
    it(`counts messages of ${length} bytes`, () => {
      expect(count(Buffer.concat([message(length), message(length), message(1)]))).to.equal(3);
    });
  }

  it("counts a message in fragments once, and no control frame", () => {
    const frames = [
      frame(TEXT, "Sp", { ...FROM_SERVER, fin: false }),
      frame(PING, "?", FROM_SERVER),
      frame(CONTINUATION, "am", FROM_SERVER),
      frame(PONG, "", FROM_SERVER),
      frame(CLOSE, closePayload(1000), FROM_SERVER),
    ];
    expect(count(Buffer.concat(frames))).to.equal(1);
  });

  it("counts the same wherever the stream is cut", () => {
    const bytes = Buffer.concat([0, 3, 126, 0, 300, 1].map(message));
    for (let cut = 0; cut <= bytes.length; cut++) {
      const counter = new MessageCounter();
      const first = counter.count(bytes, 0, cut);
      expect(first + counter.count(bytes, cut, bytes.length), `cut at ${cut}`).to.equal(6);
    }
  });

  it("counts a message with its last byte", () => {
    const bytes = message(70_000);
    const counter = new MessageCounter();
    for (let at = 0; at < bytes.length - 1; at++) expect(counter.count(bytes, at, at + 1)).to.equal(0);
    expect(counter.count(bytes, bytes.length - 1, bytes.length)).to.equal(1);
  });
});
