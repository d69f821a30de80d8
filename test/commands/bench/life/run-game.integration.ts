import { expect } from "chai";
import { runGame } from "../../../../commands/bench/life/run-game.ts";
import { ours } from "../../../../commands/bench/life/sides.ts";

const UNPINNED = { server: [], load: [] };

describe("a game of the bench", () => {
  for (const [watched, watcher] of [
    ["without a watcher", undefined],
    ["with one that reads all lines", "reads"],
    ["with one that never reads", "stuck"],
  ] as const) {
    it(`is played and timed, ${watched}`, async () => {
      const game = { size: 3, ...(watcher && { watcher }) };
      const played = await runGame(game, { warmUp: 1, steps: 4 }, ours, UNPINNED);
      expect(played.stepsPerSecond).to.be.above(0).and.below(Number.POSITIVE_INFINITY);
      if (process.platform === "linux") expect(played.memory).to.be.above(1e7);
    });
  }
});
