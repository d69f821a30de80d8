import { expect } from "chai";
import { format, formatMark, toCount, toQuantity } from "../../../../views/pages/status/format.ts";

/** What parts a number from its unit. */
const SPACE = "\u202f";

describe("toQuantity", () => {
  it("gives three digits and the SI prefix", () => {
    const given = new Map([
      [12_345, { digits: "12.3", unit: "kB/s" }],
      [1_234_567, { digits: "1.23", unit: "MB/s" }],
      [123_456, { digits: "123", unit: "kB/s" }],
      [7e12, { digits: "7.00", unit: "TB/s" }],
      [7e15, { digits: "7000", unit: "TB/s" }],
    ]);
    for (const [value, quantity] of given) expect(toQuantity(value, "B/s")).to.deep.equal(quantity);
  });

  it("leaves whole numbers below 1,000 whole", () => {
    for (const value of [0, 1, 42, 999])
      expect(toQuantity(value)).to.deep.equal({ digits: `${value}`, unit: "" });
  });

  it("takes the next prefix where rounding reaches it", () => {
    expect(toQuantity(999.6)).to.deep.equal({ digits: "1.00", unit: "k" });
    expect(toQuantity(999_600)).to.deep.equal({ digits: "1.00", unit: "M" });
    expect(toQuantity(0.000_999_6, "s")).to.deep.equal({ digits: "1.00", unit: "ms" });
  });

  it("divides seconds, and nothing else", () => {
    expect(toQuantity(0.0123, "s")).to.deep.equal({ digits: "12.3", unit: "ms" });
    expect(toQuantity(0.000_45, "s")).to.deep.equal({ digits: "450", unit: "µs" });
    expect(toQuantity(1.5, "s")).to.deep.equal({ digits: "1.50", unit: "s" });
    expect(toQuantity(0.25, "/s")).to.deep.equal({ digits: "0.25", unit: "/s" });
  });

  it("keeps the sign", () => {
    expect(toQuantity(-1_500, "B")).to.deep.equal({ digits: "-1.50", unit: "kB" });
  });

  it("says that nothing is known", () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY])
      expect(toQuantity(value, "B")).to.deep.equal({ digits: "–", unit: "" });
  });
});

describe("toCount", () => {
  it("gives every digit", () => {
    expect(toCount(10_000)).to.deep.equal({ digits: "10,000", unit: "" });
    expect(toCount(undefined)).to.deep.equal({ digits: "–", unit: "" });
  });
});

describe("format", () => {
  it("keeps a number and its unit on one line", () => {
    expect(format(12_345, "B")).to.equal(`12.3${SPACE}kB`);
    expect(format(7)).to.equal("7");
    expect(format(undefined, "B")).to.equal("–");
  });
});

describe("formatMark", () => {
  it("leaves out zeros after the point, and only those", () => {
    expect(formatMark(2_500)).to.equal(`2.5${SPACE}k`);
    expect(formatMark(5_000)).to.equal(`5${SPACE}k`);
    expect(formatMark(100)).to.equal("100");
    expect(formatMark(0.02, "s")).to.equal(`20${SPACE}ms`);
  });
});
