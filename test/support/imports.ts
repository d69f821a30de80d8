import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** The folder of the sources. */
export const ROOT = join(import.meta.dirname, "../..");

/** One import of one source file. */
export interface Import {
  /** The importing file, from the root: `views/life.ts`. */
  readonly from: string;
  /** The imported file, from the root; or a package, or a module of Node. */
  readonly to: string;
  /** Whether nothing is left of it at run time. */
  readonly typeOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s+(?<type>type\s+)?[^;"']*?\bfrom\s*"(?<name>[^"]+)"/gm;
const BARE = /^import\s*"(?<name>[^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"(?<name>[^"]+)"/g;

/** All source files, tests aside, from the root. */
export function sourceFiles(): string[] {
  const folders = ["middleware", "views", "handlers", "commands"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  return ["app.ts", ...files.map((file) => file.replaceAll(sep, "/")).filter((file) => file.endsWith(".ts"))];
}

/** The text of a source file. */
export function readSource(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The imports of a source file, those of types too. */
export function importsOf(file: string): Import[] {
  const source = readSource(file);
  return [STATEMENT, BARE, DYNAMIC]
    .flatMap((pattern) => [...source.matchAll(pattern)])
    .map(({ groups }) => ({
      from: file,
      to: resolveImport(file, groups?.name ?? ""),
      typeOnly: groups?.type !== undefined,
    }));
}

function resolveImport(file: string, name: string): string {
  return name.startsWith(".") ? join(dirname(file), name).replaceAll(sep, "/") : name;
}
