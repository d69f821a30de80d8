/**
 * Runs the library's tests on every version of Node.js, Express and `ws` that an embedder may have: `npm run test:matrix`.
 */

import { join } from "node:path";
import { Command } from "commander";
import { limiter } from "../../commands/limiter.ts";
import { integer } from "../../commands/options.ts";
import { ROOT } from "../support/imports.ts";
import { type Cell, type Result, run } from "./cell.ts";
import { failuresOf, line, table } from "./report.ts";
import { DEFAULTS, install, type Part } from "./versions.ts";

interface Options extends Readonly<Record<Part, readonly string[]>> {
  readonly jobs: number;
}

/** Below the project's packages, so that a copy of the sources finds them. */
const FOLDER = join(ROOT, "node_modules/.cache/express-c10k/matrix");

const { jobs, ...wanted } = new Command("npm run test:matrix --")
  .description("Run the library's tests on versions of Node.js, Express and ws, each with each.")
  .option("--node <versions...>", "of Node.js, as npm writes them", DEFAULTS.node)
  .option("--express <versions...>", "of Express", DEFAULTS.express)
  .option("--ws <versions...>", "of ws", DEFAULTS.ws)
  .option("--jobs <number>", "how many cells run at once", integer(1, 64), 2)
  .addHelpText("after", "\nFor example: npm run test:matrix -- --node 24 --express 4 5.0.0")
  .parse()
  .opts<Options>();

const versions = await install(join(FOLDER, "versions"), wanted);
const cells: Cell[] = versions.node.flatMap((node) =>
  versions.express.flatMap((express) => versions.ws.map((ws) => ({ node, express, ws }))),
);
const limit = limiter(jobs);
const results = await Promise.all(cells.map((cell) => limit(() => runAndTell(cell))));
console.log(table(results));
process.exitCode = results.every(({ failures }) => failures.length === 0) ? 0 : 1;

async function runAndTell(cell: Cell): Promise<Result> {
  const result = await run(join(FOLDER, "cells"), cell);
  console.log(line(result) + failuresOf(result));
  return result;
}
