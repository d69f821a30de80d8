import { createRequire } from "node:module";

/** Whether a module, given its file name, is what `node` was started with. */
export function isMain(filename: string): boolean {
  const [, script] = process.argv;
  try {
    // As node does: `node dist/app` and a symbolic link are the same file.
    return script !== undefined && createRequire(filename).resolve(script) === filename;
  } catch {
    return false;
  }
}
