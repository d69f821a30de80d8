import { getText } from "./get-text.ts";
import type { Server } from "./servers.ts";
import { type GameName, viewUrl } from "./urls.ts";

/** For how many milliseconds a server may take to say how its game stands. */
const TIMEOUT = 5000;

/** The id of no game: none was ever started, or the server has forgotten it. */
export const NO_GAME = "0";

/** How a game stands, as a server sees it. */
export interface Look {
  /** Its id. */
  readonly game: string;
  /** The side of its grid, in cells. */
  readonly size: number;
  /** The lowest step of any cell; -1 while one is not known. */
  readonly step: number;
  /** The cells that nobody lives, as `row × size + col`. */
  readonly unlived: readonly number[];
}

/**
 * Asks a server how a game stands.
 *
 * @param timeout how long it may take to say so, in milliseconds. Default: 5,000
 * @throws Error, as a rejection, if it does not say
 */
export async function look({ url }: Pick<Server, "url">, name: GameName, timeout = TIMEOUT): Promise<Look> {
  const answer = parse(await getText(viewUrl(url, name, "game.json").replace(/^ws/, "http"), timeout));
  if (isLook(answer)) return answer;
  throw new Error("it does not say how the game stands");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLook(value: unknown): value is Look {
  if (typeof value !== "object" || value === null) return false;
  const { game, size, step, unlived } = value as Partial<Record<keyof Look, unknown>>;
  return (
    typeof game === "string" &&
    Number.isInteger(size) &&
    Number.isInteger(step) &&
    Array.isArray(unlived) &&
    unlived.every(Number.isInteger)
  );
}
