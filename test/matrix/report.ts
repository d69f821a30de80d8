import Table from "cli-table3";
import { nameOf, type Result } from "./cell.ts";
import type { Version } from "./versions.ts";

/** The line that is said when a cell is done. */
export function line(result: Result): string {
  const seconds = (result.duration / 1000).toFixed(1);
  return `${nameOf(result.cell)}: ${count(result)} in ${seconds} s`;
}

/** What failed in a cell, in full. */
export function failuresOf({ cell, failures }: Result): string {
  return failures.map((failure) => `\n${nameOf(cell)}: ${failure}\n`).join("");
}

/** The table that the run ends with: a row for each Node.js, a column for each Express with each `ws`. */
export function table(results: readonly Result[]): string {
  const columns = unique(results.map(columnOf));
  const rows = unique(results.map(({ cell }) => label(cell.node)));
  const output = new Table({ head: ["", ...columns], style: { head: [], border: [] } });
  for (const row of rows) {
    const cells = columns.map((column) =>
      results.find((result) => label(result.cell.node) === row && columnOf(result) === column),
    );
    output.push([row, ...cells.map((result) => (result ? count(result) : ""))]);
  }
  return output.toString();
}

function columnOf({ cell: { express, ws } }: Result): string {
  return `${label(express)}\n${label(ws)}`;
}

function label({ part, version }: Version): string {
  return `${part} ${version}`;
}

function count({ passed, skipped, failures }: Result): string {
  const rest = skipped > 0 ? `, ${skipped} skipped` : "";
  return failures.length > 0
    ? `${failures.length} FAILED, ${passed} passed${rest}`
    : `${passed} passed${rest}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
