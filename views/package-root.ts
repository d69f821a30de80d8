import { createRequire } from "node:module";
import { dirname } from "node:path";

/** The folder of this project: found through the package, so that it is the same for sources run as they are. */
export const PACKAGE_ROOT = dirname(createRequire(import.meta.url).resolve("express-c10k/package.json"));
