import { cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome, start } from "./cli.ts";
import { ROOT } from "./imports.ts";
import { TIMEOUT } from "./timeouts.ts";

/** A folder that no one keeps. */
const CACHE = join(ROOT, "node_modules/.cache/express-c10k");

/** How long npm may take for an install, in milliseconds: what is in its cache is not downloaded again. */
const INSTALL_TIMEOUT = 6 * TIMEOUT;

/** A folder that is nobody's but one suite's, with the package installed as an embedder installs it. */
export interface Installed {
  /** A path in the folder. */
  path(...names: string[]): string;
  /** Writes a file into the folder. */
  write(name: string, content: string): Promise<void>;
  /** Runs a program there to its end. */
  run(program: string, ...args: string[]): Promise<Outcome>;
  /** Compiles TypeScript files of the folder, strictly, the declarations of packages too; gives what the compiler said. */
  compile(files: readonly string[], options?: object): Promise<Outcome>;
}

/** Gives a suite a folder with the package, as `npm pack` makes it of what is built, and with these packages of the registry. */
export function usePackage(...packages: string[]): Installed {
  let folder = "";

  before(async function () {
    this.timeout(INSTALL_TIMEOUT);
    folder = await mkdtemp(join(tmpdir(), "embedder-"));
    await installed.write("package.json", JSON.stringify({ private: true, type: "module" }));
    const { path } = await pack();
    await cp(path, installed.path("express-c10k.tgz"));
    const flags = ["--prefer-offline", "--no-audit", "--no-fund"];
    const { code, stderr } = await npm(folder, "install", ...flags, "./express-c10k.tgz", ...packages);
    if (code !== 0) throw new Error(stderr);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const installed: Installed = {
    path: (...names) => join(folder, ...names),
    write: (name, content) => writeFile(installed.path(name), content),
    run: (program, ...args) => start(program, args, { cwd: folder, env: process.env }).outcome,

    async compile(files, options) {
      const base = { strict: true, skipLibCheck: false, noEmit: true, target: "es2022", types: ["node"] };
      await installed.write(
        "tsconfig.json",
        JSON.stringify({ compilerOptions: { ...base, ...options }, files }),
      );
      return installed.run(process.execPath, join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder);
    },
  };

  return installed;
}

/** Makes the tarball of what is built; gives where it is, and its size in bytes. Once, however often it is asked for. */
export const pack = once(async function pack() {
  await mkdir(CACHE, { recursive: true });
  const { code, stdout, stderr } = await npm(ROOT, "pack", "--ignore-scripts", "--pack-destination", CACHE);
  if (code !== 0) throw new Error(stderr);
  const path = join(CACHE, stdout.trim());
  return { path, size: (await stat(path)).size };
});

function npm(cwd: string, ...args: string[]): Promise<Outcome> {
  return start("npm", args, { cwd, env: process.env, timeout: INSTALL_TIMEOUT }).outcome;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return function makeOnce() {
    made ??= make();
    return made;
  };
}
