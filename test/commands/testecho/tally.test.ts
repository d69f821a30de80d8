import { expect } from "chai";
import { awaited, countFailure, createTally, failed, finished } from "../../../commands/testecho/tally.ts";

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

  it("counts those that are done, and those that are still to come", () => {
    const tally = Object.assign(createTally(10), { completed: 3, open: 2 });
    countFailure(tally, "ECONNRESET");
    expect(finished(tally)).to.equal(4);
    expect(awaited(tally)).to.equal(4);
  });

  it("awaits nobody where all are there, or done, while one is both for a moment", () => {
    expect(awaited(Object.assign(createTally(2), { completed: 1, open: 2 }))).to.equal(0);
  });
});
