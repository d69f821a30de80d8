import Table from "cli-table3";
import type { ColumnName } from "./columns.ts";
import type { Figure, PeerReport, Report } from "./report.ts";
import type { Summary } from "./statistics.ts";

/** The width of a column's title, in characters. */
const TITLE_WIDTH = 18;

/** A server that is busy for a smaller part of the time than this waits for something else. */
const BUSY = 0.85;

/** By the clock: the figures, their spread, and the ratios against bare ws. */
export function table({ columns, peers }: Report): string {
  return draw(
    peers,
    columns.map(({ name, figure, circumstances }) => ({
      name,
      title: `${figure}, ${circumstances}`,
      show: ({ value, ratio, busy }) => (busy && busy.median < BUSY ? "≥ " : "") + cell(value, ratio),
    })),
  );
}

/** The server's processor time for each operation, which is steadier than the clock where others use the machine too. */
export function cpuTable({ columns, peers }: Report): string {
  return draw(
    peers,
    columns.flatMap(({ name, operation, circumstances }) =>
      operation === undefined
        ? []
        : [
            {
              name,
              title: `${operation}, ${circumstances}`,
              show: ({ cpu, cpuRatio }) => cell(cpu, cpuRatio),
            },
          ],
    ),
  );
}

/** What stands below the tables. */
export const NOTES = `×: against bare ws in the same run. Medians, and min..max below them.
≥: the server was busy less than ${BUSY * 100} % of the time, and could do more: its processor time tells.`;

interface ShownColumn {
  readonly name: ColumnName;
  readonly title: string;
  show(figure: Figure): string;
}

function draw(peers: readonly PeerReport[], columns: readonly ShownColumn[]): string {
  const output = new Table({
    head: ["", ...columns.map(({ title }) => wrap(title))],
    style: { head: [], border: [] },
    colAligns: ["left", ...columns.map(() => "right" as const)],
  });
  for (const { name, version, figures } of peers) {
    const cells = columns.map((column) => {
      const figure = figures[column.name];
      return figure ? column.show(figure) : "";
    });
    output.push([`${name}\n${version}`, ...cells]);
  }
  return output.toString();
}

function cell(value: Summary | undefined, ratio: Summary | undefined): string {
  if (!value) return "";
  const compared = ratio ? `  ${quantity(ratio.median)} ×` : "";
  return `${quantity(value.median)}${compared}\n${quantity(value.min)}..${quantity(value.max)}`;
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
