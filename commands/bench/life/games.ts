/** What a game is called on the command line. */
export type GameName = "original" | "small" | "stuck" | "large" | "one" | "workers" | "redis";

/** Who serves a game whose processes are left to the system: one process, `--workers 2`, or two servers with one Redis. */
export type Site = "one" | "workers" | "redis";

/** A game that is measured. */
export interface LifeGame {
  readonly name: GameName;
  /** What it is called in the table. */
  readonly title: string;
  /** The side of the grid, in cells. */
  readonly size: number;
  /** Whether the original's design plays it, in Python, instead of this project's server and command. Default: false. */
  readonly isOriginal?: boolean;
  /** Who serves it. Default: one process, on a core of its own. */
  readonly site?: Site;
  /** Who watches. Default: nobody. */
  readonly watcher?: "reads" | "stuck";
  /** The game that it is compared with. Default: none. */
  readonly against?: GameName;
  /** Whether that game is measured too if only this one is asked for. Default: false. */
  readonly needsIt?: boolean;
}

/** All that are measured, in the order of the table. */
export const GAMES: readonly LifeGame[] = [
  { name: "original", title: "32x32, the original's design", size: 32, isOriginal: true },
  { name: "small", title: "32x32", size: 32, against: "original" },
  {
    name: "stuck",
    title: "32x32, a watcher that never reads",
    size: 32,
    watcher: "stuck",
    against: "small",
    needsIt: true,
  },
  { name: "large", title: "100x100, a watcher that reads", size: 100, watcher: "reads" },
  { name: "one", title: "64x64, one process", size: 64, site: "one" },
  { name: "workers", title: "64x64, --workers 2", size: 64, site: "workers", against: "one", needsIt: true },
  {
    name: "redis",
    title: "64x64, two servers with a Redis",
    size: 64,
    site: "redis",
    against: "one",
    needsIt: true,
  },
];

/** The games that are asked for, and those that they need. */
export function withNeeded(wanted: readonly LifeGame[]): LifeGame[] {
  const needed = wanted.flatMap(({ against, needsIt }) => (against && needsIt ? [against] : []));
  return GAMES.filter((game) => wanted.includes(game) || needed.includes(game.name));
}
