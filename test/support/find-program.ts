import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a distribution keeps what only an administrator has in the `PATH`. */
const ADMIN_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The path of the first of these programs that the machine has; undefined if it has none. */
export function findProgram(...names: string[]): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...ADMIN_FOLDERS];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}
