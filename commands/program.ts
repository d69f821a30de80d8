import { Command } from "commander";
import { benchChat } from "./bench/chat/index.ts";
import { bench } from "./bench/index.ts";
import { benchLife } from "./bench/life/index.ts";
import { chat } from "./chat/index.ts";
import { demo } from "./demo.ts";
import { gameoflife } from "./gameoflife/index.ts";
import type { Output } from "./output.ts";
import { testecho } from "./testecho/index.ts";

const NPM_HELP = `
With npm, options go after "--", or npm keeps them for itself:
  npm run cmd testecho -- --clients 1000 --delay 10
  npm run cmd gameoflife -- --size 64 --pattern gosper
  npm run cmd chat -- lobby --nick ada`;

/**
 * The whole CLI.
 *
 * @param output where commands write
 * @param signal ends the command that runs when it aborts
 */
export function createProgram(output: Output, signal: AbortSignal): Command {
  return new Command("c10k")
    .description("The commands of express-c10k: each is a client of its server.")
    .addCommand(testecho(output, signal))
    .addCommand(gameoflife(output, signal))
    .addCommand(chat(output, signal))
    .addCommand(demo(output, signal))
    .addCommand(bench(output, signal))
    .addCommand(benchLife(output, signal))
    .addCommand(benchChat(output, signal))
    .addHelpText("afterAll", NPM_HELP);
}
