import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { ROOT } from "../imports.ts";
import type { Block } from "./blocks.ts";

/** What stands for the package in a block. */
export const ENTRIES: ReadonlyMap<string, string> = new Map([
  ["express-c10k", "middleware/index.ts"],
  ["express-c10k/client", "middleware/client/index.ts"],
  ["express-c10k/testing", "middleware/testing.ts"],
]);

/** Imports stay as they are written, used or not. */
const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };

const SCOPE = pathToFileURL(join(import.meta.dirname, "scope.ts")).href;

/** What a module is made of beside its block. */
export interface Surroundings {
  /** Names that its scope gives it. */
  readonly names: readonly string[];
  /** Names of the block that it exports beside those that the block exports itself. */
  readonly gives: readonly string[];
}

/**
 * Writes a block as a module of JavaScript. The block is left as it is, but for what has to be other in a test: the library
 * is that of the sources, and what listens, listens on a free port.
 *
 * @param file where to; also the key of the module's scope
 */
export async function writeBlock(
  file: string,
  { code }: Block,
  { names, gives }: Surroundings,
): Promise<void> {
  const key = JSON.stringify(file);
  const plain = await transform(code, { loader: "ts", format: "esm", tsconfigRaw });
  const own = plain.code
    .replaceAll(/"(express-c10k(?:\/\w+)?)"/g, (quoted, name) => sourceOf(name) ?? quoted)
    .replaceAll(/\b(\w+)\.listen\(/g, `__listen(${key}, $1, `);
  const module = [
    `import { listen as __listen, namesOf as __namesOf } from ${JSON.stringify(SCOPE)};`,
    `let { ${names.join(", ")} } = __namesOf(${key});`,
    own,
    `export { ${gives.join(", ")} };`,
  ];
  await writeFile(file, module.join("\n"));
}

/** Bundles a block for a page in a browser, with the library of the sources. */
export async function bundleBlock({ code }: Block): Promise<string> {
  const alias = Object.fromEntries([...ENTRIES].map(([name, file]) => [name, join(ROOT, file)]));
  const stdin = { contents: code, resolveDir: ROOT, loader: "ts" as const };
  const { outputFiles } = await build({ stdin, alias, bundle: true, format: "esm", write: false });
  return outputFiles.map(({ text }) => text).join("");
}

function sourceOf(specifier: string): string | undefined {
  const entry = ENTRIES.get(specifier);
  return entry && JSON.stringify(pathToFileURL(join(ROOT, entry)).href);
}
