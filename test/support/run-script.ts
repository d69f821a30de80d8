import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "./imports.ts";
import { TIMEOUT } from "./timeouts.ts";

/**
 * Runs a module in a Node process of its own; gives what it printed, once it has come to its end by itself.
 *
 * @param source its imports begin at the root: `./middleware/index.ts`
 * @param env variables beside those of the tests. Default: none
 * @param node the binary. Default: that of the tests
 */
export async function runScript(
  source: string,
  env: NodeJS.ProcessEnv = {},
  node = process.execPath,
): Promise<string> {
  const args = ["--import", "tsx/esm", "--input-type=module", "--eval", source];
  const { stdout } = await promisify(execFile)(node, args, {
    cwd: ROOT,
    timeout: TIMEOUT,
    env: { ...process.env, ...env },
  });
  return stdout;
}
