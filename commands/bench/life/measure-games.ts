import type { Pinning } from "../pinning.ts";
import { quantity } from "../table.ts";
import type { LifeGame } from "./games.ts";
import { type Played, runGame } from "./run-game.ts";
import type { LifeScale } from "./scale.ts";
import type { Side } from "./sides.ts";

/** A game, and who plays it. */
export interface MeasuredGame {
  readonly game: LifeGame;
  readonly side: Side;
}

/**
 * Measures games, one after the other, and then all of them again: what changes on the machine meets them all.
 *
 * @param tell is given a line for each
 * @returns what was measured of each, run after run
 */
export async function measureGames(
  games: readonly MeasuredGame[],
  { lengths, runs }: LifeScale,
  pins: Pinning,
  tell: (line: string) => void,
): Promise<Map<LifeGame, Played[]>> {
  const measured = new Map(games.map(({ game }) => [game, [] as Played[]]));
  for (let run = 1; run <= runs; run++) {
    for (const { game, side } of games) {
      const played = await runGame(game, lengths[game.name], side, pins);
      measured.get(game)?.push(played);
      tell(`${run} of ${runs}, ${game.name}: ${quantity(played.stepsPerSecond)} steps/s (${game.title})`);
    }
  }
  return measured;
}
