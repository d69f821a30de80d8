import Table from "cli-table3";
import type { Summary } from "../statistics.ts";
import { quantity } from "../table.ts";
import type { ChatColumn, ChatReport } from "./report.ts";
import { AT_ONCE } from "./scale.ts";

interface ShownColumn {
  readonly name: ChatColumn;
  readonly title: string;
  /** By what a figure is divided to be shown. Default: 1. */
  readonly unit?: number;
}

const COLUMNS: readonly ShownColumn[] = [
  { name: "p50", title: "p50, ms,\none message" },
  { name: "p99", title: "p99, ms,\none message" },
  { name: "together50", title: `p50, ms,\n${AT_ONCE} at once` },
  { name: "together99", title: `p99, ms,\n${AT_ONCE} at once` },
  { name: "fill", title: "s to fill\nthe room" },
  { name: "memory", title: "memory of the\nserver, MB", unit: 1e6 },
];

/** The figures of both sides, and how many times as long the other one took. */
export function chatTable(reports: readonly ChatReport[]): string {
  const output = new Table({
    head: ["", ...COLUMNS.map(({ title }) => title)],
    style: { head: [], border: [] },
    colAligns: ["left", ...COLUMNS.map(() => "right" as const)],
  });
  for (const { side, figures, ratios } of reports) {
    output.push([side.name, ...COLUMNS.map(({ name, unit = 1 }) => cell(figures[name], ratios[name], unit))]);
  }
  return output.toString();
}

/** What stands below the table. */
export const CHAT_NOTES = `From the send to the receipt by the last member. ×: how many times as long Socket.IO took in the same run.
Medians of the runs, and min..max below them. Memory: the most that the server had resident.
express-c10k: durable before anybody hears it, and all are told who comes. Socket.IO: nothing is kept, and nobody is told who comes.`;

function cell(figure: Summary | undefined, ratio: Summary | undefined, unit: number): string {
  if (!figure) return "";
  const [median, min, max] = [figure.median, figure.min, figure.max].map((value) => quantity(value / unit));
  return `${median}${ratio ? `  ${quantity(ratio.median)} ×` : ""}\n${min}..${max}`;
}
