import { expect } from "chai";
import { check } from "../../../commands/bench/check.ts";
import { LIMITS } from "../../../commands/bench/limits.ts";
import { CommandError } from "../../../commands/errors.ts";
import { benchReport, benchRun } from "../../support/bench-report.ts";

describe("the check", () => {
  /** Three runs, in which an operation takes so many times the processor time of ws. */
  function reportOf(...times: number[]) {
    return benchReport({
      "express-c10k": times.flatMap((ratio) => benchRun(1000, ratio * 10)),
      ws: times.flatMap(() => benchRun(1000, 10)),
    });
  }

  const limits = { echo1: 1.5, burst: 1.2 };

  it("tells the ratio of each column with a limit", () => {
    expect(check(reportOf(1, 1.1, 1.2), limits)).to.deep.equal([
      "echo, 100 clients, 1 in flight: 1.10 × the processor time of ws (1.00..1.20), at most 1.50",
      "frame, bursts of 10 to 1,000: 1.10 × the processor time of ws (1.00..1.20), at most 1.20",
    ]);
  });

  it("lets a bad run pass", () => {
    expect(check(reportOf(1, 50, 1), limits)).to.have.length(2);
  });

  it("fails where the median is beyond a limit, and says where", () => {
    expect(() => check(reportOf(1.3, 1.4, 1), limits)).to.throw(
      CommandError,
      /^Too slow\nframe, bursts of 10 to 1,000: 1\.30 × [^\n]*, at most 1\.20$/,
    );
  });

  it("has limits for all that takes processor time", () => {
    expect(check(reportOf(0.1)))
      .to.have.length(Object.keys(LIMITS).length)
      .and.to.have.length(4);
  });
});
