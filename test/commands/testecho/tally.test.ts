import { expect } from "chai";
import { countFailure, createTally, failed, recordLatency } from "../../../commands/testecho/tally.ts";

describe("Tally", () => {
  it("counts failures by cause", () => {
    const tally = createTally(10);
    expect(failed(tally)).to.equal(0);
    for (const cause of ["ECONNRESET", "connection lost", "ECONNRESET"]) countFailure(tally, cause);
    expect([...tally.failures]).to.deep.equal([
      ["ECONNRESET", 2],
      ["connection lost", 1],
    ]);
    expect(failed(tally)).to.equal(3);
  });

  it("keeps latencies in microseconds", () => {
    const { echoes } = createTally(1);
    recordLatency(echoes, 1.5);
    expect(echoes.max).to.equal(1500);
  });

  it("counts a latency that rounds to nothing as one microsecond", () => {
    const { echoes } = createTally(1);
    recordLatency(echoes, 0);
    expect(echoes).to.include({ count: 1, max: 1 });
  });
});
