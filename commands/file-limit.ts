import { CommandError } from "./errors.ts";

/** What a process opens beside its connections: standard streams, event loop, files, the listening socket. */
const HEADROOM = 50;

/**
 * How many files and sockets this process may have open at once; Infinity where there is no limit.
 *
 * Node raises its soft limit to the hard one as it starts, so this is all there is without the administrator's help.
 */
export function openFileLimit(): number {
  const limit = softLimit(process.report.getReport());
  return typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
}

/** How many connections that leaves room for. */
export function connectionLimit(): number {
  return openFileLimit() - HEADROOM;
}

/**
 * Checks that this process may hold as many connections as it is asked to.
 *
 * @param count connections to hold
 * @param what what they are called in the error: `clients`, `workers`
 * @param limit default: {@link openFileLimit}
 * @param otherwise what else can be done than to raise the limit, as the end of the error. Default: nothing
 * @throws CommandError that says which limit is too low, what it is, and the command that raises it
 */
export function checkFileLimit(
  count: number,
  what = "connections",
  limit = openFileLimit(),
  otherwise = "",
): void {
  const needed = count + HEADROOM;
  if (needed <= limit) return;
  throw new CommandError(
    `${count} ${what} need ${needed} open files, but the limit (ulimit -n) is ${limit}: ` +
      `run "${raiseCommand(needed)}" first${otherwise}`,
  );
}

/** A hard limit is raised by root only; `prlimit` lets sudo do so for the shell that it is run in. */
function raiseCommand(needed: number): string {
  const mayRaise = process.platform !== "linux" || process.getuid?.() === 0;
  return mayRaise ? `ulimit -n ${needed}` : `sudo prlimit --pid $$ --nofile=${needed}`;
}

function softLimit(report: object): unknown {
  const limits = "userLimits" in report ? report.userLimits : undefined;
  if (typeof limits !== "object" || limits === null || !("open_files" in limits)) return undefined;
  const files = limits.open_files;
  return typeof files === "object" && files !== null && "soft" in files ? files.soft : undefined;
}
