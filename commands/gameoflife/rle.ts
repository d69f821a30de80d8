import { MAX_SIZE } from "../../handlers/life/protocol.ts";
import { CommandError } from "../errors.ts";
import type { Pattern, Position } from "./pattern.ts";

/** The spellings of Conway's rule: born with 3 neighbours, surviving with 2 or 3. */
const LIFE: ReadonlySet<string> = new Set(["B3/S23", "B3S23", "S23/B3", "23/3"]);

const HEADER = /^x *= *(\d+) *, *y *= *(\d+)(?: *, *rule *= *(\S+))?$/i;
const RUN = /(\d*)([bo$!])/giy;

/**
 * Reads a pattern in run length encoding: a header such as `x = 3, y = 3, rule = B3/S23`, then runs of `b` (dead), `o`
 * (alive) and `$` (end of row), until `!`. Lines that start with `#` are comments.
 *
 * @throws CommandError that says what is wrong: no header, another rule, an unknown tag, a run that leaves the box
 */
export function parseRle(text: string): Pattern {
  const [header = "", ...body] = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const { width, height } = parseHeader(header);
  return { width, height, alive: [...parseRuns(body.join(" "), width, height)] };
}

function parseHeader(line: string): { width: number; height: number } {
  const match = HEADER.exec(line);
  if (!match) throw new CommandError('it has no header line such as "x = 3, y = 3, rule = B3/S23"');
  const [, width, height, rule = "B3/S23"] = match;
  if (!LIFE.has(rule.toUpperCase())) {
    throw new CommandError(`it is for the rule ${rule}, but workers live by B3/S23 only`);
  }
  if (Math.max(Number(width), Number(height)) > MAX_SIZE) {
    throw new CommandError(`it is ${width}x${height}, but the largest grid is ${MAX_SIZE}x${MAX_SIZE}`);
  }
  return { width: Number(width), height: Number(height) };
}

function* parseRuns(body: string, width: number, height: number): Generator<Position> {
  let row = 0;
  let col = 0;
  for (const { length, tag } of runs(body)) {
    if (tag === "!") return;
    if (tag === "$") {
      row += length;
      col = 0;
      continue;
    }
    if (row >= height || col + length > width) {
      throw new CommandError(`its row ${row + 1} leaves the ${width}x${height} box of its header`);
    }
    if (tag === "o") for (let i = 0; i < length; i++) yield { row, col: col + i };
    col += length;
  }
}

function* runs(body: string): Generator<{ length: number; tag: string }> {
  const text = body.replace(/\s+/g, "");
  const run = new RegExp(RUN);
  while (run.lastIndex < text.length) {
    const start = run.lastIndex;
    const match = run.exec(text);
    if (!match) throw new CommandError(`"${text.slice(start, start + 10)}" is not a run of b, o, $ or !`);
    const [, length = "", tag = ""] = match;
    yield { length: length === "" ? 1 : Number(length), tag: tag.toLowerCase() };
  }
}
