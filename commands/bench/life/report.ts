import { ratios, type Summary, summarize } from "../statistics.ts";
import type { GameName, LifeGame } from "./games.ts";
import type { Played } from "./run-game.ts";

/** What several runs of a game came to. */
export interface GameReport {
  readonly game: LifeGame;
  readonly stepsPerSecond: Summary;
  /** Steps per second in those of the game that it is compared with, run by run; undefined if that was not measured. */
  readonly ratio: Summary | undefined;
  /** Bytes. */
  readonly memory: Summary | undefined;
}

/** Sums the runs of all games up. */
export function reportGames(runs: ReadonlyMap<LifeGame, readonly Played[]>): GameReport[] {
  const speeds = new Map<GameName, number[]>(
    [...runs].map(([{ name }, played]) => [name, played.map(({ stepsPerSecond }) => stepsPerSecond)]),
  );
  return [...runs].map(([game, played]) => {
    const speed = speeds.get(game.name) ?? [];
    const baseline = game.against && speeds.get(game.against);
    const memory = played.flatMap(({ memory }) => memory ?? []);
    return {
      game,
      stepsPerSecond: summarize(speed),
      ratio: baseline && ratios(speed, baseline),
      memory: memory.length > 0 ? summarize(memory) : undefined,
    };
  });
}
