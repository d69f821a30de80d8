import { marked } from "marked";
import { readSource } from "../imports.ts";

/** One code block of a page, or one `@example` of a source file. */
export interface Block {
  /** Its page, from the root: `docs/guide/broadcast.md`. */
  readonly file: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** `ts`, `sh`, …; empty if the page does not say. */
  readonly language: string;
  /** The heading that it stands below, empty before the first one; or the export that it is the example of. */
  readonly heading: string;
  readonly code: string;
}

const COMMENT = /\/\*\*.*?\*\/\s*(?:export (?:declare |async )*\w+ (\w+))?/gs;
const EXAMPLE = /^@example\b(.*?)(?=^@\w|$(?!\n))/gms;

/** The code blocks of a Markdown page, in order; or the examples in the TSDoc of a source file. */
export function blocksOf(file: string): Block[] {
  const text = readSource(file);
  return file.endsWith(".md") ? blocksOfMarkdown(file, text) : examplesOf(file, text);
}

function blocksOfMarkdown(file: string, text: string, heading = ""): Block[] {
  const blocks: Block[] = [];
  let below = heading;
  let line = 1;
  for (const token of marked.lexer(text)) {
    if (token.type === "heading") below = token.text;
    // Those in a list or a quote too.
    marked.walkTokens([token], (inner) => {
      if (inner.type !== "code") return;
      const [language = ""] = (inner.lang ?? "").split(" ");
      blocks.push({ file, line, language, heading: below, code: inner.text });
    });
    line += newlines(token.raw);
  }
  return blocks;
}

function examplesOf(file: string, text: string): Block[] {
  return [...text.matchAll(COMMENT)].flatMap(({ 0: comment, 1: heading = "", index }) => {
    const prose = comment.replace(/\*\/.*/s, "").replaceAll(/^[ \t]*\*[ \t]?/gm, "");
    return [...prose.matchAll(EXAMPLE)].flatMap(({ 1: example = "", index: at }) => {
      if (example.includes("```")) return blocksOfMarkdown(file, example, heading);
      const line = newlines(text.slice(0, index)) + newlines(prose.slice(0, at)) + 1;
      return [{ file, line, language: "ts", heading, code: example.trim() }];
    });
  });
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
