import { expect } from "chai";
import { Sightings } from "./sightings.ts";

describe("what a watcher saw of a game", () => {
  it("is as far as the cell that has come least far", () => {
    const sightings = new Sightings(2);
    expect(sightings.step).to.equal(-1);
    sightings.see(7, 0, 1);
    expect(sightings.step).to.equal(-1);
    sightings.see(5, 1, 0);
    expect(sightings.step).to.equal(5);
    sightings.see(4, 1, 0);
    expect(sightings.step).to.equal(5);
  });

  it("is to be seen again on another connection, and stays seen", () => {
    const sightings = new Sightings(1);
    sightings.see(7, 0, 1);
    sightings.forget();
    expect(sightings).to.include({ step: -1, furthest: 7, count: 1 });
    sightings.see(6, 0, 1);
    expect(sightings).to.include({ step: 6, furthest: 7, count: 2 });
    expect(sightings.statesAt(7, 0)).to.deep.equal([1]);
  });

  it("counts a state once, however often it is seen, and keeps both where there are two", () => {
    const sightings = new Sightings(3);
    for (const state of [1, 1, 0, 0] as const) sightings.see(2, 1, state);
    sightings.see(0, 2, 0);
    expect(sightings.count).to.equal(2);
    expect([...sightings.all()]).to.deep.equal([
      { step: 0, cell: 2, states: [0] },
      { step: 2, cell: 1, states: [0, 1] },
    ]);
  });
});
