import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * The folder of this package, as a URL that ends in a slash: the same for the sources and for what is compiled from them,
 * which lies one folder deeper.
 */
export function packageRoot(): URL {
  const packageJson = createRequire(import.meta.url).resolve("express-c10k/package.json");
  return new URL(".", pathToFileURL(packageJson));
}
