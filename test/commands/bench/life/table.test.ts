import { expect } from "chai";
import { GAMES } from "../../../../commands/bench/life/games.ts";
import { reportGames } from "../../../../commands/bench/life/report.ts";
import { lifeTable } from "../../../../commands/bench/life/table.ts";

describe("the table of the Game of Life", () => {
  /** The cells of a row of the table, for games whose runs had these speeds. */
  function row(name: string, speeds: Record<string, number[]>, memory?: number): string[] {
    const runs = new Map(
      GAMES.filter(({ name }) => speeds[name]).map((game) => [
        game,
        (speeds[game.name] ?? []).map((stepsPerSecond) => ({ stepsPerSecond, memory })),
      ]),
    );
    const lines = lifeTable(reportGames(runs)).split("\n");
    const last = lines.findIndex((line) => line.startsWith(`│ ${name} `));
    const [above = [], below = []] = lines.slice(last - 1, last + 1).map((line) => line.split("│"));
    return above.slice(1, -1).map((cell, index) => `${cell.trim()} ${below[index + 1]?.trim()}`.trim());
  }

  it("shows medians, their spread, and ratios that were taken run by run", () => {
    const speeds = { original: [10, 5, 10], small: [50, 25, 60] };
    expect(row("small", speeds, 2e8)).to.deep.equal([
      "32x32 small",
      "50.0 25.0..60.0",
      "5.00 × original 5.00..6.00",
      "200 200..200",
    ]);
  });

  it("leaves out ratios and memory that there are not", () => {
    expect(row("small", { small: [50] })).to.deep.equal(["32x32 small", "50.0 50.0..50.0", "", ""]);
  });
});
