import type { Command } from "commander";
import { CommandError } from "./errors.ts";

/**
 * Notices the options of a command that `npm run` kept for itself, because no `--` stood before them.
 *
 * npm takes `--delay 10` for a setting of its own and passes it on as the environment variable `npm_config_delay`.
 *
 * @param command the command that runs
 * @param args the arguments that arrived; an option among them was not swallowed
 * @param env the environment; npm names the script that it runs in `npm_lifecycle_event`
 * @throws CommandError that shows how to write it
 */
export function checkNpmOptions(command: Command, args: readonly string[], env = process.env): void {
  if (env.npm_lifecycle_event === undefined) return;
  const swallowed = command.options
    .filter(({ long }) => !args.some((arg) => arg === long || arg.startsWith(`${long}=`)))
    .find((option) => env[`npm_config_${option.attributeName()}`] !== undefined);
  if (swallowed === undefined) return;
  const script = env.npm_lifecycle_event === "cmd" ? `cmd ${command.name()}` : env.npm_lifecycle_event;
  throw new CommandError(
    `npm kept ${swallowed.long} for itself: put "--" before the options, as in "npm run ${script} -- ${swallowed.long} …"`,
  );
}
