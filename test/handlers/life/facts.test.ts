import { expect } from "chai";
import { Facts } from "../../../handlers/life/facts.ts";

describe("Facts", () => {
  it("knows nothing at first", () => {
    const facts = new Facts(2);
    expect([facts.stepOf(1), facts.standingOf(1), facts.stateAt(1, 0), facts.lowestStep]).to.deep.equal([
      -1,
      undefined,
      undefined,
      -1,
    ]);
  });

  it("knows how far each cell has come, and its states on the way", () => {
    const facts = new Facts(2);
    for (const [step, state] of ([1, 0, 1, 1] as const).entries()) facts.put(0, step, state);
    facts.put(1, 0, 1);
    expect([facts.standingOf(0), facts.standingOf(1)]).to.deep.equal([
      { step: 3, history: 0b11011 },
      { step: 0, history: 0b11 },
    ]);
    expect([0, 1, 2, 3, 4].map((step) => facts.stateAt(0, step))).to.deep.equal([1, 0, 1, 1, undefined]);
    expect(facts.lowestStep).to.equal(0);
  });

  it("forgets what was before a step that is not the next one", () => {
    const facts = new Facts(1);
    facts.put(0, 0, 1);
    facts.put(0, 7, 0);
    expect(facts.standingOf(0)).to.deep.equal({ step: 7, history: 0b10 });
  });

  describe("merge", () => {
    it("takes all that there is of a cell of which nothing was known", () => {
      const facts = new Facts(1);
      expect(facts.merge(0, { step: 9, history: 0b1011 })).to.deep.equal({ first: 7, last: 9 });
      expect(facts.standingOf(0)).to.deep.equal({ step: 9, history: 0b1011 });
    });

    it("gives the steps that are new, and puts them behind what is known", () => {
      const facts = new Facts(1);
      facts.merge(0, { step: 5, history: 0b1110 });
      expect(facts.merge(0, { step: 7, history: 0b111 })).to.deep.equal({ first: 6, last: 7 });
      expect(facts.standingOf(0)).to.deep.equal({ step: 7, history: 0b111011 });
    });

    it("gives what there is where steps are missing between", () => {
      const facts = new Facts(1);
      facts.put(0, 5, 1);
      expect(facts.merge(0, { step: 30, history: 0b1011 })).to.deep.equal({ first: 28, last: 30 });
      expect(facts.standingOf(0)).to.deep.equal({ step: 30, history: 0b1011 });
    });

    it("is nothing new the second time, nor where more is known", () => {
      const facts = new Facts(1);
      const standing = { step: 5, history: 0b1110 };
      facts.merge(0, standing);
      expect(facts.merge(0, standing)).to.equal(undefined);
      expect(facts.merge(0, { step: 4, history: 0b11 })).to.equal(undefined);
      expect(facts.standingOf(0)).to.deep.equal(standing);
    });

    it("learns of older states, which is no news", () => {
      const facts = new Facts(1);
      facts.put(0, 5, 1);
      expect(facts.merge(0, { step: 5, history: 0b1011 })).to.equal(undefined);
      expect(facts.standingOf(0)).to.deep.equal({ step: 5, history: 0b1011 });
    });

    it("keeps as many states as a history may hold", () => {
      const facts = new Facts(1);
      facts.merge(0, { step: 20, history: 0xffff });
      facts.merge(0, { step: 22, history: 0b100 });
      expect(facts.standingOf(0)).to.deep.equal({ step: 22, history: 0b1111111111111100 });
    });
  });
});
