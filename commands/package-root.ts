import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The folder of this project, as a URL that ends in a slash: the same for the sources and for what is compiled from them,
 * which lies one folder deeper.
 */
export function packageRoot(): URL {
  const parent = new URL("..", import.meta.url);
  return existsSync(new URL("package.json", parent)) ? parent : new URL("..", parent);
}

/** The path of a file of this project, given as one from its folder. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, packageRoot()));
}
