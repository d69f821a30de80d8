import Table from "cli-table3";
import type { Column } from "./columns.ts";
import type { Figure, PeerReport, Report } from "./report.ts";
import type { Summary } from "./statistics.ts";

/** The width of a column's title, in characters. */
const TITLE_WIDTH = 18;

/** By the clock: the figures, their spread, and the ratios against bare ws. */
export function table(report: Report): string {
  return draw(report, report.columns, ({ value, ratio }) => cell(value, ratio));
}

/** The server's processor time for each operation, which is steadier than the clock where others share the machine. */
export function cpuTable(report: Report): string {
  const columns = report.columns.filter(({ name }) => report.peers.some(({ figures }) => figures[name]?.cpu));
  return draw(report, columns, ({ cpu, cpuRatio }) => (cpu ? cell(cpu, cpuRatio) : ""));
}

function draw({ peers }: Report, columns: readonly Column[], show: (figure: Figure) => string): string {
  const output = new Table({
    head: ["", ...columns.map(({ title }) => wrap(title))],
    style: { head: [], border: [] },
    colAligns: ["left", ...columns.map(() => "right" as const)],
  });
  for (const { name, version, figures } of peers) {
    const cells = columns.map((column) => {
      const figure = figures[column.name];
      return figure ? show(figure) : "";
    });
    output.push([`${name}\n${version}`, ...cells]);
  }
  return output.toString();
}

function cell(value: Summary, ratio: Summary | undefined): string {
  const median = ratio ? `${quantity(value.median)}  ${quantity(ratio.median)} ×` : quantity(value.median);
  return `${median}\n${quantity(value.min)}..${quantity(value.max)}`;
}

/** Three digits, or as many as the integer has. */
export function quantity(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function wrap(title: string): string {
  const lines = [""];
  for (const word of title.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= TITLE_WIDTH) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join("\n");
}
