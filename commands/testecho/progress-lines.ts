import type { Output } from "../output.ts";
import type { Progress } from "./progress.ts";
import type { Tally } from "./tally.ts";

/** How many lines the way up, and the way down, is told in. */
const LINES = 20;

/** How many characters a number of connections takes, at least. */
const MIN_WIDTH = 5;

/** Writes a line at every twentieth of the clients: `>  2000 connections` on the way up, `<` on the way down. */
export function progressLines(output: Output, tally: Tally): Progress {
  const interval = Math.ceil(tally.clients / LINES);
  const width = Math.max(MIN_WIDTH, String(tally.clients).length);
  const writeLine = (direction: ">" | "<") => {
    if (tally.open % interval !== 0) return;
    output.write(`${direction} ${String(tally.open).padStart(width)} connections\n`);
  };
  return {
    opened() {
      writeLine(">");
      if (tally.open === tally.clients) output.write(`\n${tally.clients} clients are connected!\n\n`);
    },
    closed: () => writeLine("<"),
    tell: (line) => output.write(`${line}\n`),
    end() {},
  };
}
