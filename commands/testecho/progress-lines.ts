import type { Output } from "../output.ts";
import type { Progress } from "./progress.ts";
import type { Tally } from "./tally.ts";

/** How many lines the way up, and the way down, is told in. */
const LINES = 20;

/** Writes a line at every twentieth of the clients: `>  2000 connections` on the way up, `<` on the way down. */
export function progressLines(output: Output, tally: Tally): Progress {
  const interval = Math.ceil(tally.clients / LINES);
  const writeLine = (direction: ">" | "<") => {
    if (tally.open % interval === 0) output.write(`${direction} ${pad(tally.open)} connections\n`);
  };
  return {
    opened() {
      writeLine(">");
      if (tally.open === tally.clients) output.write(`\n${tally.clients} clients are connected!\n\n`);
    },
    closed: () => writeLine("<"),
    end() {},
  };
}

function pad(count: number): string {
  return String(count).padStart(5);
}
