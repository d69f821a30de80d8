import type { Outcome } from "./cli.ts";

/** The rows of the table that a command printed, as pairs of what and how many. */
export function rowsOf({ stdout }: Outcome): Record<string, string> {
  const cells = [...stdout.matchAll(/^│ +(.*?) +│ +(.*?) +│$/gm)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  return Object.fromEntries(cells);
}
