import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a directory, and those above it, for this user alone. Node's own `recursive` tries without an end where a file system has no place
 * for it, as `/proc` has none.
 *
 * @throws Error if it cannot be made
 */
export function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it by now.
    if (!existsSync(path)) throw error;
  }
}
