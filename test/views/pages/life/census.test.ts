import { expect } from "chai";
import { packCell } from "../../../../handlers/life/cells-protocol.ts";
import { createCensus } from "../../../../views/pages/life/census.ts";

describe("createCensus", () => {
  const cell = (col: number, state: 0 | 1) => packCell(4, 0, col, state);

  it("counts a step once all cells have told, and not before", () => {
    const census = createCensus(4);
    expect(census.count(0, [cell(0, 1), cell(1, 1), cell(2, 0)])).to.equal(undefined);
    expect(census.count(0, [cell(3, 1)])).to.equal(3);
  });

  it("keeps steps apart that overlap", () => {
    const census = createCensus(2);
    expect(census.count(0, [cell(0, 1)])).to.equal(undefined);
    expect(census.count(1, [cell(0, 0)])).to.equal(undefined);
    expect(census.count(0, [cell(1, 1)])).to.equal(2);
    expect(census.count(1, [cell(1, 1)])).to.equal(1);
  });

  it("leaves out a step of which some told before it listened", () => {
    const census = createCensus(2);
    expect(census.count(5, [cell(0, 1)])).to.equal(undefined); // the other is a step ahead
    expect(census.count(6, [cell(1, 1)])).to.equal(undefined);
    expect(census.count(6, [cell(0, 1)])).to.equal(2);
    expect(census.count(7, [cell(0, 1), cell(1, 0)])).to.equal(1);
  });
});
