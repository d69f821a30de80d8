import { expect } from "chai";
import { recordLatency } from "../../../commands/latency.ts";
import { report } from "../../../commands/testecho/report.ts";
import { countFailure, createTally } from "../../../commands/testecho/tally.ts";

/** The cells of the table, row by row. */
function rows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("report", () => {
  it("counts clients, and failures by cause, the most frequent first", () => {
    const tally = createTally(10);
    Object.assign(tally, { connected: 8, completed: 7 });
    for (const cause of ["connection lost", "ECONNREFUSED", "ECONNREFUSED"]) countFailure(tally, cause);
    expect(rows(report(tally, 301_000)).slice(0, 6)).to.deep.equal([
      ["connected", "8"],
      ["completed", "7"],
      ["failed", "3"],
      ["ECONNREFUSED", "2"],
      ["connection lost", "1"],
      ["took", "5:01"],
    ]);
  });

  it("tells how often clients began anew, where they did", () => {
    const tally = Object.assign(createTally(10), { connected: 10, completed: 10, returned: 4 });
    expect(rows(report(tally, 301_000)).slice(2, 4)).to.deep.equal([
      ["failed", "0"],
      ["began anew after 1001", "4"],
    ]);
  });

  it("tells latencies in milliseconds", () => {
    const tally = createTally(100);
    for (let i = 1; i <= 100; i++) recordLatency(tally.echoes, i);
    expect(rows(report(tally, 301_000)).slice(-3)).to.deep.equal([
      ["milliseconds", "count", "p50", "p90", "p99", "p99.9", "max"],
      ["handshake", "0", "–", "–", "–", "–", "–"],
      ["echo", "100", "50.0", "90.0", "99.0", "100.0", "100.0"],
    ]);
    expect(report(tally, 301_000)).to.match(/^ {2}≤ +50 ms {2}█+ 30$/m);
  });
});
