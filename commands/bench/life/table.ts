import Table from "cli-table3";
import type { Summary } from "../statistics.ts";
import { quantity } from "../table.ts";
import type { GameReport } from "./report.ts";

/** The speeds, how they compare, and the server's memory. */
export function lifeTable(reports: readonly GameReport[]): string {
  const output = new Table({
    head: ["", "steps/s", "ratio", "memory of the\nserver, MB"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right", "right"],
  });
  for (const { game, stepsPerSecond, ratio, memory } of reports) {
    output.push([
      `${game.title}\n${game.name}`,
      spread(stepsPerSecond),
      ratio ? spread(ratio, ` × ${game.against}`) : "",
      memory ? spread(memory, "", 1e6) : "",
    ]);
  }
  return output.toString();
}

/** What stands below the table. */
export const LIFE_NOTES = `×: against the game of that name in the same run. Medians, and min..max below them.
Memory: the most that the server had resident.`;

function spread({ median, min, max }: Summary, unit = "", scale = 1): string {
  const [middle, low, high] = [median, min, max].map((value) => quantity(value / scale));
  return `${middle}${unit}\n${low}..${high}`;
}
