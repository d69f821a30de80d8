import { createHistogram } from "node:perf_hooks";
import { expect } from "chai";
import fc from "fast-check";
import { distribution } from "../../commands/distribution.ts";

function histogramOf(values: readonly number[]) {
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe("distribution", () => {
  it("has no bucket where there are no values", () => {
    expect(distribution(createHistogram(), 1)).to.deep.equal([]);
  });

  it("has one bucket where all are the same", () => {
    expect(distribution(histogramOf([7, 7, 7]), 1)).to.deep.equal([{ upTo: 10, count: 3 }]);
  });

  it("counts a bound with what lies below it", () => {
    expect(distribution(histogramOf([1, 2, 3, 5, 6]), 1)).to.deep.equal([
      { upTo: 1, count: 1 },
      { upTo: 2, count: 1 },
      { upTo: 5, count: 2 },
      { upTo: 10, count: 1 },
    ]);
  });

  it("shows the gaps between values, in the unit that is asked for", () => {
    expect(distribution(histogramOf([150, 180, 4000]), 1000)).to.deep.equal([
      { upTo: 0.2, count: 2 },
      { upTo: 0.5, count: 0 },
      { upTo: 1, count: 0 },
      { upTo: 2, count: 0 },
      { upTo: 5, count: 1 },
    ]);
  });

  it("counts as one would by hand, whatever the values", () => {
    // Up to here a histogram of three digits knows each value exactly.
    const values = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, (values) => {
        const buckets = distribution(histogramOf(values), 1);
        let below = 0;
        for (const { upTo, count } of buckets) {
          expect(count, `up to ${upTo}`).to.equal(values.filter((v) => v > below && v <= upTo).length);
          below = upTo;
        }
        expect(buckets.reduce((sum, { count }) => sum + count, 0)).to.equal(values.length);
        expect([buckets[0]?.count, buckets.at(-1)?.count]).to.not.include(0);
      }),
    );
  });
});
