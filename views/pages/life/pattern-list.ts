import {
  type Credits,
  type Pattern,
  parseCredits,
  parseListing,
  parsePlaintext,
} from "../../../handlers/patterns/protocol.ts";

/** A pattern to choose. */
export interface Choice extends Pattern, Credits {
  /** What the command calls it. */
  readonly name: string;
}

/**
 * Fetches the patterns that `gameoflife` knows by name, the smaller ones first.
 *
 * @throws Error if the server does not send them
 */
export async function fetchPatterns(): Promise<readonly Choice[]> {
  const response = await fetch("/patterns/");
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return readPatterns(await response.text());
}

/** Reads what the view `/patterns/` sends. */
export function readPatterns(json: string): readonly Choice[] {
  const choices = [...parseListing(json)].map(([name, text]) => {
    const { title, ...credits } = parseCredits(text);
    return { name, title: title || name, ...credits, ...parsePlaintext(text) };
  });
  return choices.filter(({ alive }) => alive.length > 0).sort((a, b) => area(a) - area(b));
}

function area({ width, height }: Pattern): number {
  return width * height;
}
