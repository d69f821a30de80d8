import { readdir, readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { parsePlaintext } from "../../handlers/patterns/protocol.ts";
import { CommandError, errorMessage, systemErrorCode } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import type { Pattern } from "./pattern.ts";
import { parseRle } from "./rle.ts";

/** What reading a file fails with where there is no file of that name. */
const NOT_A_FILE: ReadonlySet<string | undefined> = new Set(["ENOENT", "EISDIR"]);

/**
 * Loads a pattern: run length encoded if the name ends in `.rle`, else plain text.
 *
 * @param name a file, or the bare name of one in `patterns/`
 * @throws CommandError if it cannot be read, does not parse, or has no live cell
 */
export async function loadPattern(name: string): Promise<Pattern> {
  const text = await readPattern(name);
  const pattern = parse(name, text.replace(/^\uFEFF/, ""));
  if (pattern.alive.length > 0) return pattern;
  throw new CommandError(`Pattern ${name} is empty: mark its live cells, in plain text with O`);
}

function parse(name: string, text: string): Pattern {
  try {
    return extname(name).toLowerCase() === ".rle" ? parseRle(text) : parsePlaintext(text);
  } catch (error) {
    throw new CommandError(`Pattern ${name} cannot be read: ${errorMessage(error)}`);
  }
}

async function readPattern(name: string): Promise<string> {
  try {
    return await readFirst(candidates(name));
  } catch (error) {
    throw new CommandError(`Pattern ${name} cannot be read: ${await explain(error)}`);
  }
}

/** A file of the user's comes before one of ours of the same name. */
function candidates(name: string): string[] {
  return name === basename(name)
    ? [name, fileURLToPath(new URL(encodeURIComponent(name), patternsFolder()))]
    : [name];
}

async function readFirst([path = "", ...others]: readonly string[]): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (others.length === 0 || !NOT_A_FILE.has(systemErrorCode(error))) throw error;
    return readFirst(others);
  }
}

async function explain(error: unknown): Promise<string> {
  if (systemErrorCode(error) !== "ENOENT") return errorMessage(error);
  const names = await readdir(patternsFolder());
  return `name a file, or one of ${names.join(", ")}`;
}

function patternsFolder(): URL {
  return new URL("patterns/", packageRoot());
}
