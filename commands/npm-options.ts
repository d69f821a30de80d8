import type { Command } from "commander";
import { CommandError } from "./errors.ts";
import { isOneTypoApart } from "./typo.ts";

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
  // npx keeps nothing that follows the name of the command.
  if (env.npm_lifecycle_event === undefined || env.npm_lifecycle_event === "npx") return;
  const script = env.npm_lifecycle_event === "cmd" ? `cmd ${command.name()}` : env.npm_lifecycle_event;
  const swallowed = command.options
    .filter(({ long }) => !args.some((arg) => arg === long || arg.startsWith(`${long}=`)))
    .find((option) => env[`npm_config_${option.attributeName()}`] !== undefined);
  if (swallowed) throw kept(swallowed.long, script, `${swallowed.long} …`);
  const mistyped = findMistyped(command, env);
  if (mistyped) {
    const { typed, meant } = mistyped;
    throw kept(`${typed} (did you mean ${meant}?)`, script, `${meant} …`);
  }
  // Of `-s 4` npm leaves the 4: a word too many. Where one option arrives, npm has left all of them alone.
  const [word, ...words] = args;
  if (words.some((arg) => arg.startsWith("-"))) return;
  const value = words[command.registeredArguments.length];
  if (word === command.name() && value !== undefined) {
    throw kept(`the option of "${value}"`, script, `… ${value}`);
  }
}

/**
 * npm keeps any option, one with a typing error in it too. As its own settings come by the same way, one letter is all that
 * may be wrong.
 */
function findMistyped(
  command: Command,
  env: NodeJS.ProcessEnv,
): { typed: string; meant: string } | undefined {
  const names = command.options.flatMap(({ long }) => long?.slice(2) ?? []);
  const settings = Object.keys(env).flatMap((key) => /^npm_config_(.+)/.exec(key)?.[1] ?? []);
  for (const setting of settings) {
    const typed = setting.replaceAll("_", "-");
    const meant = names.find((name) => isOneTypoApart(typed, name));
    if (meant !== undefined) return { typed: `--${typed}`, meant: `--${meant}` };
  }
  return undefined;
}

function kept(what: string | null | undefined, script: string, example: string): CommandError {
  return new CommandError(
    `npm kept ${what} for itself: put "--" before the options, as in "npm run ${script} -- ${example}"`,
  );
}
