import { expect } from "chai";
import { loadPattern } from "../../../commands/gameoflife/load-pattern.ts";
import { createPlane } from "../../support/hash-life.ts";
import { TIMEOUT } from "../../support/timeouts.ts";

/** The breeder makes a switch engine every so many steps. */
const BIRTHS = 11_136;

/** A switch engine lays the same blocks every so many steps. */
const BLOCKS = 288;

describe("the pattern breeder", () => {
  it("grows with the square of time: each switch engine that it makes lays blocks for ever", async function () {
    this.timeout(4 * TIMEOUT);
    const period = leastCommonMultiple(BIRTHS, BLOCKS);
    const populations: number[] = [];
    let plane = createPlane((await loadPattern("breeder")).alive);
    while (populations.length < 9) {
      plane = plane.after(period);
      populations.push(plane.population);
    }
    const growth = differences(populations);
    // The growth itself grows, always by the same: what a few more switch engines lay in a period.
    const [, ...growths] = differences(growth);
    expect(new Set(growths).size).to.equal(1);
    expect(growths[0]).to.be.above(0);
  });
});

function leastCommonMultiple(one: number, other: number): number {
  for (let multiple = one; ; multiple += one) if (multiple % other === 0) return multiple;
}

function differences(numbers: readonly number[]): number[] {
  return numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
}
