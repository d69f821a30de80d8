import { expect } from "chai";
import { createHistory } from "../../../../views/pages/life/history.ts";

describe("createHistory", () => {
  const fill = (steps: number, most: number) => {
    const history = createHistory(most);
    for (let step = 0; step < steps; step++) history.add({ step, population: 2 * step });
    return history;
  };

  it("is empty at first", () => {
    const { counts, latest } = createHistory();
    expect({ counts, latest }).to.deep.equal({ counts: [], latest: undefined });
  });

  it("keeps each step as long as there is room", () => {
    expect(fill(3, 8).counts).to.deep.equal([
      { step: 0, population: 0 },
      { step: 1, population: 2 },
      { step: 2, population: 4 },
    ]);
  });

  it("drops every other step when there are too many, and so on", () => {
    expect(fill(5, 4).counts.map(({ step }) => step)).to.deep.equal([0, 2, 4]);
    expect(fill(16, 4).counts.map(({ step }) => step)).to.deep.equal([0, 8, 15]);
  });

  it("always has the latest step", () => {
    const history = fill(1_000_000, 100);
    expect(history.counts.length).to.be.at.most(101);
    expect(history.counts.at(-1)).to.deep.equal({ step: 999_999, population: 1_999_998 });
    expect(history.latest).to.equal(history.counts.at(-1));
  });

  it("takes a game that one comes to late", () => {
    const history = createHistory(4);
    for (const step of [101, 102, 103]) history.add({ step, population: 1 });
    expect(history.counts.map(({ step }) => step)).to.deep.equal([101, 102, 103]);
  });
});
