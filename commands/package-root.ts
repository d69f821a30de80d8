import { existsSync } from "node:fs";

/**
 * The folder of this project, as a URL that ends in a slash: the same for the sources and for what is compiled from them,
 * which lies one folder deeper.
 */
export function packageRoot(): URL {
  const parent = new URL("..", import.meta.url);
  return existsSync(new URL("package.json", parent)) ? parent : new URL("..", parent);
}
