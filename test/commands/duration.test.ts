import { expect } from "chai";
import { formatDuration } from "../../commands/duration.ts";

describe("formatDuration", () => {
  for (const [milliseconds, text] of [
    [0, "0:00"],
    [499, "0:00"],
    [7_000, "0:07"],
    [59_600, "1:00"],
    [301_000, "5:01"],
    [3_599_499, "59:59"],
    [3_599_500, "1:00:00"],
    [3_723_000, "1:02:03"],
    [360_000_000, "100:00:00"],
  ] as const) {
    it(`shows ${milliseconds} ms as ${text}`, () => {
      expect(formatDuration(milliseconds)).to.equal(text);
    });
  }
});
