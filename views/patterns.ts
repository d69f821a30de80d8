import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { RequestHandler } from "express";
import { formatListing } from "../handlers/patterns/protocol.ts";
import { PACKAGE_ROOT } from "./package-root.ts";

const PATTERNS = join(PACKAGE_ROOT, "patterns");

/**
 * Returns a view that sends the patterns that `gameoflife` knows by name, for pages to choose from: those in plain text. Files are read
 * for each request, so that a new one is there at once.
 */
export function patterns(): RequestHandler {
  return async function patterns(_req, res) {
    const listing = formatListing(await readPatterns());
    res.set("Cache-Control", "no-cache").type("json").send(listing);
  };
}

async function readPatterns(): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(PATTERNS, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && extname(entry.name).toLowerCase() !== ".rle")
    .map(({ name }) => name);
  return new Map(await Promise.all(names.sort().map(readPattern)));
}

async function readPattern(name: string): Promise<[name: string, text: string]> {
  return [name, await readFile(join(PATTERNS, name), "utf8")];
}
