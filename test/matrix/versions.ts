import { mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { start } from "../support/cli.ts";
import { TIMEOUT } from "../support/timeouts.ts";

/** What a cell of the matrix has a version of. */
export type Part = "node" | "express" | "ws";

/** One version of a part. */
export interface Version {
  readonly part: Part;
  /** The version itself, whatever range it was asked for by. */
  readonly version: string;
  /** Where npm has put it. */
  readonly folder: string;
}

/** What is tested unless another is asked for, as npm writes versions: the oldest that the package allows, and the newest. */
export const DEFAULTS: Readonly<Record<Part, string[]>> = {
  node: [oldest(manifest.engines.node), "20", "22", "24", "26"],
  express: [oldest(manifest.peerDependencies.express), "5"],
  ws: [oldest(manifest.dependencies.ws), "latest"],
};

/** How long npm may take, in milliseconds: each Node.js is a download of tens of megabytes. */
const INSTALL_TIMEOUT = 30 * TIMEOUT;

/** The packages of the registry; those of Node.js hold the binary for one kind of machine. */
const PACKAGES: Readonly<Record<Part, string>> = {
  node: `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`,
  express: "express",
  ws: "ws",
};

/**
 * Installs versions side by side in a folder.
 *
 * @param wanted for each part, ranges or tags of npm
 * @returns the versions in the order of the ranges, each once
 * @throws Error with npm's words, if it finds no such version
 */
export async function install<P extends Part>(
  folder: string,
  wanted: Readonly<Record<P, readonly string[]>>,
): Promise<Record<P, Version[]>> {
  const parts = Object.keys(wanted) as P[];
  const dependencies = Object.fromEntries(
    parts.flatMap((part) =>
      wanted[part].map((range) => [alias(part, range), `npm:${PACKAGES[part]}@${range}`]),
    ),
  );
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  const args = ["update", "--no-package-lock", "--no-audit", "--no-fund"];
  const { code, stderr } = await start("npm", args, {
    cwd: folder,
    env: process.env,
    timeout: INSTALL_TIMEOUT,
  }).outcome;
  if (code !== 0) throw new Error(stderr);
  const found = parts.map(async (part) => {
    const versions = await Promise.all(wanted[part].map((range) => find(part, range)));
    return [part, versions.filter(isFirst)];
  });
  return Object.fromEntries(await Promise.all(found));

  async function find(part: Part, range: string): Promise<Version> {
    const place = await realpath(join(folder, "node_modules", alias(part, range)));
    const { version } = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
    // Some packages of Node.js write it "v20.19.0".
    return { part, version: version.replace(/^v/, ""), folder: place };
  }
}

/** Two ranges may come to the same version. */
function isFirst({ version }: Version, index: number, versions: readonly Version[]): boolean {
  return versions.findIndex((other) => other.version === version) === index;
}

function alias(part: Part, range: string): string {
  return `${part}-${range.replace(/[^\w.]+/g, "-")}`.toLowerCase();
}

/** The first version that a range names, which in ours is the oldest that it allows. */
function oldest(range: string): string {
  return /\d+\.\d+\.\d+/.exec(range)?.[0] ?? range;
}
