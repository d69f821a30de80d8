import { marked } from "marked";
import { readSource } from "../imports.ts";

/**
 * The rows of the first table below a heading, without the row of titles: the cells' texts, backticks taken off where they
 * enclose one.
 */
export function tableBelow(file: string, heading: string): string[][] {
  let below = "";
  for (const token of marked.lexer(readSource(file))) {
    if (token.type === "heading") below = token.text;
    if (token.type !== "table" || below !== heading) continue;
    return token.rows.map((row: { text: string }[]) =>
      row.map(({ text }) => text.replace(/^`([^`]*)`$/, "$1")),
    );
  }
  throw new Error(`${file} has no table below "${heading}"`);
}
