/** A game to play from a terminal. */
export interface CommandOptions {
  /** The name of one in `patterns/`; undefined for a random start. */
  readonly pattern?: string | undefined;
  /** The side of the grid, in cells. */
  readonly size?: number | undefined;
  /** The game's name; undefined for the default one. */
  readonly game?: string | undefined;
}

/** Where the command looks for a server by itself. */
const DEFAULT_ORIGIN = "http://localhost:8000";

/** The sizes of a grid to choose from, in cells. */
export const SIZES: readonly number[] = [32, 64, 100];

/**
 * Returns the command that plays a game on the server of a page.
 *
 * @param origin - of the page, as `location.origin` has it
 */
export function commandFor({ pattern, size, game }: CommandOptions, origin: string): string {
  const options = [
    ...(pattern === undefined ? [] : ["--pattern", pattern]),
    ...(size === undefined ? [] : ["--size", String(size)]),
    ...(game === undefined ? [] : ["--game", game]),
    ...(origin === DEFAULT_ORIGIN ? [] : ["--url", origin.replace(/^http/, "ws")]),
  ];
  return ["npm run cmd gameoflife", ...(options.length > 0 ? ["--", ...options] : [])].join(" ");
}

/** Returns the sizes of a grid that a pattern fits: some of {@link SIZES}, or else the smallest one. */
export function sizesFor({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): readonly number[] {
  const needed = Math.max(width, height);
  const fitting = SIZES.filter((size) => size >= needed);
  return fitting.length > 0 ? fitting : [needed];
}
