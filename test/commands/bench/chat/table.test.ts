import { expect } from "chai";
import { reportRooms } from "../../../../commands/bench/chat/report.ts";
import type { RoomRun } from "../../../../commands/bench/chat/run-room.ts";
import { ours, socketIo } from "../../../../commands/bench/chat/sides.ts";
import { chatTable } from "../../../../commands/bench/chat/table.ts";

describe("the table of the chat", () => {
  function run(milliseconds: number, memory?: number): RoomRun {
    return { fill: 2, single: [milliseconds, 90, 1], together: [5 * milliseconds], memory };
  }

  /** The cells of a row, each with its two lines. */
  function row(table: string, name: string): string[] {
    const lines = table.split("\n");
    const first = lines.findIndex((line) => line.startsWith(`│ ${name} `));
    const [above = [], below = []] = lines.slice(first, first + 2).map((line) => line.split("│"));
    return above.slice(2, -1).map((cell, index) => `${cell.trim()} ${below[index + 2]?.trim()}`.trim());
  }

  it("shows medians, their spread, and ratios that were taken run by run", () => {
    const runs = new Map([
      [ours, [run(20, 1e8), run(10, 2e8), run(40, 3e8)]],
      [socketIo, [run(40), run(50), run(80)]],
    ]);
    const table = chatTable(reportRooms(runs));
    expect(row(table, "express-c10k")).to.deep.equal([
      "20.0  2.00 × 10.0..40.0",
      "90.0  1.00 × 90.0..90.0",
      "100  2.00 × 50.0..200",
      "100  2.00 × 50.0..200",
      "2.00 2.00..2.00",
      "200 100..300",
    ]);
    expect(row(table, "socket.io").at(0)).to.equal("50.0 40.0..80.0");
    expect(row(table, "socket.io").at(-1)).to.equal("");
  });

  it("has no ratio where one side alone was measured", () => {
    expect(row(chatTable(reportRooms(new Map([[ours, [run(20)]]]))), "express-c10k").at(0)).to.equal(
      "20.0 20.0..20.0",
    );
  });
});
