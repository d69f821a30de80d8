import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { ROOT } from "./imports.ts";

/** The demos' pages, all that there are: the folders in `views/pages` that have an `index.html`. */
export function pageNames(): string[] {
  const files = readdirSync(join(ROOT, "views/pages"), { recursive: true, encoding: "utf8" });
  const folders = files.filter((file) => file.endsWith(`${sep}index.html`)).map(dirname);
  return folders.map((folder) => folder.replaceAll(sep, "/")).sort();
}
