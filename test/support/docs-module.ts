import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transform } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LIBRARY = pathToFileURL(join(ROOT, "middleware/index.ts")).href;

/** A folder from which packages are found, and that no one keeps. */
const FOLDER = join(ROOT, "node_modules/.cache/express-c10k");

/** Runs the first code block of a page of docs/ as a module that imports the library as it is here; gives its exports. */
export async function importFromDocs<Exports>(page: string): Promise<Exports> {
  const text = await readFile(join(ROOT, "docs", page), "utf8");
  const source = /^```ts\n(.*?)^```/ms.exec(text)?.[1];
  if (source === undefined) throw new Error(`docs/${page} has no code block`);
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  const file = join(FOLDER, `${page.replaceAll("/", "-")}.mjs`);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, code.replaceAll('"express-c10k"', JSON.stringify(LIBRARY)));
  return import(pathToFileURL(file).href);
}
