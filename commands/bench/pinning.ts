import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What is put before a command, so that the process runs where it is meant to: nothing where that cannot be said. */
export interface Pinning {
  readonly server: readonly string[];
  readonly load: readonly string[];
}

/** All are where the system puts them. */
export const UNPINNED: Pinning = { server: [], load: [] };

/** The server on one core, the load on the others: with `taskset`, which Linux has. Else the system places them. */
export function pinning(): Pinning {
  if (spawnSync("taskset", ["--version"]).status !== 0) return UNPINNED;
  return pinTo(parseCores(allowedCores()));
}

/** The same for given cores, of which it takes two. */
export function pinTo([first, ...others]: readonly number[]): Pinning {
  if (first === undefined || others.length === 0) return UNPINNED;
  return { server: ["taskset", "-c", `${first}`], load: ["taskset", "-c", others.join(",")] };
}

/** Reads a list of cores as Linux writes it: `0-3,8`. */
export function parseCores(list: string): number[] {
  return list
    .trim()
    .split(",")
    .filter((range) => range !== "")
    .flatMap((range) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}

/** A container may have but a few of the machine's. */
function allowedCores(): string {
  try {
    return /^Cpus_allowed_list:(.*)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}
