import { expect } from "chai";
import type { Message } from "../../middleware/message.ts";
import { PARTIAL, type Progress, type Reader, readFrames, UNUSUAL } from "../../middleware/read-frames.ts";
import { BINARY, CLOSE, frame, PING, PONG, TEXT } from "../support/raw-frames.ts";

/** Notes what it is given; reads until it has so many. */
class Noted implements Reader {
  readonly maxPayload = 1000;
  isMasked = true;
  readonly read: unknown[] = [];
  #atMost: number;

  constructor(atMost = Number.POSITIVE_INFINITY) {
    this.#atMost = atMost;
  }

  get isReading(): boolean {
    return this.read.length < this.#atMost;
  }

  message(message: Message): void {
    this.read.push(message);
  }

  control(kind: string, payload: Buffer): void {
    this.read.push([kind, payload.toString()]);
  }
}

function readAll(chunk: Buffer, reader = new Noted()): { read: unknown[]; progress: Progress } {
  const progress = readFrames(chunk, reader);
  return { read: reader.read, progress };
}

describe("readFrames", () => {
  it("reads texts, binary messages, pings and pongs in their order", () => {
    const frames = [
      frame(TEXT, "eggs"),
      frame(BINARY, "spam"),
      frame(PING, "a"),
      frame(PONG, ""),
      frame(TEXT, ""),
    ];
    const chunk = Buffer.concat(frames);
    const { read, progress } = readAll(chunk);
    expect(read).to.deep.equal(["eggs", Buffer.from("spam"), ["ping", "a"], ["pong", ""], ""]);
    expect(progress).to.deep.equal({ offset: chunk.length, left: undefined });
  });

  it("reads texts of every length and alphabet", () => {
    for (const text of [
      "x".repeat(125),
      "x".repeat(126),
      "x".repeat(1000),
      "å",
      "日本語",
      "🥚 and ham",
      "\ufeffBOM",
    ]) {
      expect(readAll(frame(TEXT, text)).read, text).to.deep.equal([text]);
    }
  });

  it("waits for the rest of a frame, wherever it is cut", () => {
    for (const payload of ["eggs", "", "x".repeat(200)]) {
      const [first, second] = [frame(TEXT, "whole"), frame(TEXT, payload)];
      for (let cut = 1; cut < second.length; cut += 1) {
        const { read, progress } = readAll(Buffer.concat([first, second.subarray(0, cut)]));
        expect(read, `${cut}`).to.deep.equal(["whole"]);
        expect(progress, `${cut}`).to.deep.equal({ offset: first.length, left: PARTIAL });
      }
    }
  });

  const unusual: Record<string, Buffer> = {
    "a close frame": frame(CLOSE, ""),
    "a fragment": frame(TEXT, "eggs", { fin: false }),
    "a continuation": frame(0, "eggs"),
    "a reserved bit": Buffer.from([0xc1, 0x80, 0, 0, 0, 0]),
    "a reserved opcode": Buffer.from([0x83, 0x80, 0, 0, 0, 0]),
    "a frame without a mask": Buffer.from([0x81, 0x00]),
    "a long ping": frame(PING, "x".repeat(126)),
    "a message beyond the largest": frame(TEXT, "x".repeat(1001)),
    "a length of 64 bits": Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 1]),
    "text that is not UTF-8": frame(TEXT, Buffer.from([0x65, 0xff, 0xfe])),
  };
  for (const [name, bytes] of Object.entries(unusual)) {
    it(`leaves ${name} as it was, for others`, () => {
      const first = frame(TEXT, "whole");
      const chunk = Buffer.concat([first, bytes]);
      const { read, progress } = readAll(chunk);
      expect(read).to.deep.equal(["whole"]);
      expect(progress).to.deep.equal({ offset: first.length, left: UNUSUAL });
      expect(chunk.subarray(first.length)).to.deep.equal(bytes);
    });
  }

  it("reads no further than its reader wants", () => {
    const first = frame(TEXT, "eggs");
    const { read, progress } = readAll(Buffer.concat([first, frame(TEXT, "ham")]), new Noted(1));
    expect(read).to.deep.equal(["eggs"]);
    expect(progress).to.deep.equal({ offset: first.length, left: undefined });
  });
});
