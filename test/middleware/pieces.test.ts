import { expect } from "chai";
import { piecesOf } from "../../middleware/pieces.ts";

const MIB = 1024 * 1024;

describe("piecesOf", () => {
  it("lets the largest message come in fragments of 64 bytes and chunks of 512", () => {
    for (const maxPayload of [MIB, 4 * MIB, 16 * MIB, 100_000_001]) {
      const { maxFragments, maxBufferedChunks } = piecesOf(maxPayload);
      expect(maxFragments * 64).to.be.at.least(maxPayload);
      expect(maxBufferedChunks * 512).to.be.at.least(maxPayload);
    }
  });

  it("lets a message of 1 MiB come in chunks of 64 bytes", () => {
    expect(piecesOf(MIB).maxBufferedChunks).to.be.above(MIB / 64);
  });

  it("bounds the pieces of small messages, by counts that the largest maxPayload keeps within 32 bits", () => {
    expect(piecesOf(1)).to.deep.equal({ maxFragments: 16 * 1024, maxBufferedChunks: 32 * 1024 });
    expect(Object.values(piecesOf(2 ** 31 - 1)).every((count) => (count | 0) === count)).to.equal(true);
  });
});
