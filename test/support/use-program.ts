import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findProgram } from "./find-program.ts";
import { TIMEOUT } from "./timeouts.ts";

const execute = promisify(execFile);

/** Whether a suite may do without its program. */
export interface UseOptions {
  /**
   * What to do where the program is missing. Given for one that `npm run test:setup` sees to: under `CI=true` it has to be
   * there.
   */
  readonly hint?: string;
}

/**
 * Gives a suite a program of the machine; without it the suite is skipped.
 *
 * @returns a function that runs it to its end, and gives what it said
 */
export function useProgram(
  name: string,
  { hint }: UseOptions = {},
): { path(): string; run(...args: string[]): Promise<string> } {
  let found: string | undefined;

  before(function () {
    found = findProgram(name);
    if (found) return;
    if (hint && process.env.CI === "true") throw new Error(hint);
    this.skip();
  });

  function path(): string {
    if (!found) throw new Error(`${name} runs only while tests do`);
    return found;
  }

  return {
    path,
    async run(...args) {
      const { stdout } = await execute(path(), args, { timeout: TIMEOUT });
      return stdout;
    },
  };
}
