import { expect } from "chai";
import { ago } from "../../../../views/pages/chat/ago.ts";

describe("ago", () => {
  const now = Date.parse("2026-11-26T12:00:00.000Z");
  const since = (seconds: number) => ago(new Date(now - seconds * 1_000).toISOString(), now);

  it("tells in the largest unit that fits", () => {
    const tellings = new Map([
      [0, "just now"],
      [59, "just now"],
      [60, "1 minute ago"],
      [3_599, "59 minutes ago"],
      [7_200, "2 hours ago"],
      [86_400, "yesterday"],
      [6 * 86_400, "6 days ago"],
      [7 * 86_400, "last week"],
      [400 * 86_400, "last year"],
    ]);
    for (const [seconds, telling] of tellings) expect(since(seconds), String(seconds)).to.equal(telling);
  });

  it("does not tell of the future to a reader whose clock is late", () => {
    expect(since(-600)).to.equal("just now");
  });
});
