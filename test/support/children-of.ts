import { readFileSync } from "node:fs";

/** The ids of the processes that a process started and that run. Linux alone tells. */
export function childrenOf(pid: number | undefined): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}
