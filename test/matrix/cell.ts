import { cp, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import type { Part, Version } from "./versions.ts";

/** The versions that tests run on together. */
export type Cell = Readonly<Record<Part, Version>>;

/** What came of the tests of a cell. */
export interface Result {
  readonly cell: Cell;
  readonly passed: number;
  /** Tests for which the machine lacks a program. */
  readonly skipped: number;
  /** What failed, and why; a run that came to no end is a failure too. */
  readonly failures: readonly string[];
  /** How long it took, in milliseconds. */
  readonly duration: number;
}

/** The library's tests. The demo, its commands and its pages have one Express, and run where they are developed. */
const TESTS = ["test/{middleware,pipeline}/**/*.{test,integration}.ts"];

/** Tests that say nothing about versions, or bring their own: a minute of waiting for nginx, and Express 4 beside Express 5. */
const LEFT_OUT = ["test/pipeline/nginx.integration.ts", "test/pipeline/express-4.test.ts"];

/** What the tests need of the project. */
const SOURCES = [
  ...["app.ts", "middleware", "views", "handlers", "commands", "test", "docs"],
  ...["package.json", "tsconfig.json", ".mocharc.json"],
];

/** How long the tests of a cell may take, in milliseconds. */
const CELL_TIMEOUT = 15 * TIMEOUT;

/** What of mocha's JSON report is read. */
interface Report {
  readonly stats: { readonly passes: number; readonly pending: number };
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly stack?: string } }[];
}

/** The versions of a cell in words. */
export function nameOf({ node, express, ws }: Cell): string {
  return `node ${node.version}, express ${express.version}, ws ${ws.version}`;
}

/**
 * Runs the library's tests on a copy of the sources that finds its Express and its `ws` beside it, and every other package
 * further up, where the project has them.
 *
 * @param folder where the copy is made: below the project's `node_modules`
 */
export async function run(folder: string, cell: Cell): Promise<Result> {
  const copy = join(folder, nameOf(cell).replace(/\W+/g, "-"));
  await rm(copy, { recursive: true, force: true });
  await mkdir(join(copy, "node_modules"), { recursive: true });
  for (const name of SOURCES) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  for (const name of ["express", "ws"] as const)
    await symlink(cell[name].folder, join(copy, "node_modules", name), "junction");

  const startedAt = performance.now();
  const output = await mocha(copy, cell.node.folder);
  const duration = performance.now() - startedAt;
  const report = await readReport(copy);
  const passed = report?.stats.passes ?? 0;
  const failures = report?.failures.map(({ fullTitle, err }) => `${fullTitle}\n${err.stack ?? ""}`) ?? [];
  // Nothing ran, or something ended the process after the report.
  if (failures.length === 0 && (output.code !== 0 || passed === 0))
    failures.push(`mocha ended with ${output.code}\n${output.stdout}${output.stderr}`);
  return { cell, passed, skipped: report?.stats.pending ?? 0, failures, duration };
}

function mocha(copy: string, node: string) {
  const bin = join(node, "bin", process.platform === "win32" ? "node.exe" : "node");
  const script = join(ROOT, "node_modules/mocha/bin/mocha.js");
  const reporter = ["--reporter", "json", "--reporter-option", "output=report.json"];
  const args = [...reporter, ...LEFT_OUT.flatMap((file) => ["--ignore", file]), ...TESTS];
  const env = { ...process.env, PATH: `${dirname(bin)}${delimiter}${process.env.PATH ?? ""}` };
  return start(bin, [script, ...args], { cwd: copy, env, timeout: CELL_TIMEOUT }).outcome;
}

async function readReport(copy: string): Promise<Report | undefined> {
  const text = await readFile(join(copy, "report.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
