import { expect } from "chai";
import { Counts, Tally } from "../../middleware/tally.ts";

describe("Counts", () => {
  it("count each key apart", () => {
    const counts = new Counts();
    for (const key of [1000, 1006, 1000]) counts.add(key);
    expect(counts.toObject()).to.deep.equal({ 1000: 2, 1006: 1 });
  });
});

describe("Tally", () => {
  it("has one view of each name, in the order in which they came", () => {
    const tally = new Tally();
    const view = tally.view("/b/");
    tally.view("/a/");
    expect(tally.view("/b/")).to.equal(view);
    expect(Array.from(tally.views, ({ name }) => name)).to.deep.equal(["/b/", "/a/"]);
  });

  it("tells a thousand names apart, and takes the rest for one", () => {
    const tally = new Tally();
    for (let i = 0; i < 1_000; i++) tally.view(`/${i}/`);
    const others = tally.view("/one/");
    expect(tally.view("/two/")).to.equal(others);
    expect(others.name).to.equal("(others)");
    expect(tally.view("/7/").name).to.equal("/7/");
    expect([...tally.views]).to.have.length(1_001);
  });

  it("takes a name of that kind for the rest", () => {
    const tally = new Tally();
    const others = tally.view("(others)");
    for (let i = 0; i < 1_000; i++) tally.view(`/${i}/`);
    expect(tally.view("/one/")).to.equal(others);
  });
});
