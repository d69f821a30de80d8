import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../imports.ts";
import type { Block } from "./blocks.ts";
import { ENTRIES } from "./written-block.ts";

const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

/** What a page takes for known in its blocks. */
export interface Known {
  /** The type of each name that blocks use and do not declare, as TypeScript writes it: `import("express").Express`. */
  readonly names: Readonly<Record<string, string>>;
  /** A module of declarations that hold for all blocks, such as an augmentation of `express-session`. */
  readonly ambient: string;
}

/** What the compiler says against these blocks, each as a module of its own under our own strict settings; empty if nothing. */
export async function typeErrors(
  folder: string,
  blocks: readonly Block[],
  { names, ambient }: Known,
): Promise<string> {
  const project = join(folder, "types");
  await mkdir(project, { recursive: true });
  const files = { "ambient.ts": `${ambient}\nexport {};` };
  for (const block of blocks) Object.assign(files, { [`${block.line}.ts`]: asModule(block, names) });
  for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text);
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(configuration(project, Object.keys(files))));
  try {
    await promisify(execFile)(process.execPath, [TSC, "-p", project]);
    return "";
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}

function asModule({ code }: Block, names: Known["names"]): string {
  const used = Object.entries(names).filter(([name]) => uses(code, name) && !declares(code, name));
  return [code, ...used.map(([name, type]) => `declare let ${name}: ${type};`), "export {};"].join("\n");
}

function uses(code: string, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(code);
}

function declares(code: string, name: string): boolean {
  const head = String.raw`^[^\S\n]*(?:export )?(?:async )?(?:const|let|function\*?|class|import)\b`;
  return new RegExp(String.raw`${head}(?:(?! of )[^;=(])*\b${name}\b`, "m").test(code);
}

function configuration(project: string, files: readonly string[]): object {
  const paths = [...ENTRIES].map(([name, file]) => [name, [relative(project, join(ROOT, file))]]);
  return {
    extends: relative(project, join(ROOT, "test/tsconfig.json")),
    compilerOptions: { rootDir: ROOT, paths: Object.fromEntries(paths) },
    files,
    include: [],
  };
}
