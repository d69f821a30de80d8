import { expect } from "chai";
import { formatAgo } from "../../../../views/pages/status/format-ago.ts";

describe("formatAgo", () => {
  it("gives minutes and seconds, without what is none", () => {
    const texts = new Map([
      [0, "now"],
      [45, "45 s ago"],
      [60, "1 min ago"],
      [200, "3 min 20 s ago"],
      [600, "10 min ago"],
    ]);
    for (const [seconds, text] of texts) expect(formatAgo(seconds)).to.equal(text);
  });
});
