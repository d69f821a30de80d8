import { expect } from "chai";
import { createStrokes } from "../../../../views/pages/status/strokes.ts";

describe("createStrokes", () => {
  it("gives a label the same stroke every time", () => {
    const strokeOf = createStrokes();
    const first = strokeOf("/worker/");
    strokeOf("/watcher/");
    expect(strokeOf("/worker/")).to.equal(first);
    expect(first).to.deep.equal({ number: 1, dash: [] });
  });

  it("gives a line aside a grey stroke, and that to no other", () => {
    const strokeOf = createStrokes("/status/feed/");
    expect(strokeOf("/status/feed/")).to.deep.equal({ number: 8, dash: [2, 3] });
    const others = Array.from({ length: 20 }, (_, index) => strokeOf(String(index)).number);
    expect(others[0]).to.equal(1);
    expect(others).not.to.include(8);
  });

  it("gives neighbours another colour and other dashes", () => {
    const strokeOf = createStrokes();
    const strokes = Array.from({ length: 20 }, (_, index) => strokeOf(String(index)));
    for (const [index, { number, dash }] of strokes.entries()) {
      const next = strokes[index + 1];
      expect(number, String(index)).to.be.within(1, 7).and.not.to.equal(next?.number);
      expect(dash, String(index)).not.to.deep.equal(next?.dash);
    }
  });
});
