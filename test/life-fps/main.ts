/**
 * `npm run life:fps`: plays a game at its full speed, with a client for each cell, and shows how many frames a second its page draws
 * meanwhile. Server, game and browser share the machine.
 */

import { Command } from "commander";
import { checkFileLimit } from "../../commands/file-limit.ts";
import { integer, number } from "../../commands/options.ts";
import { findChromium, INSTALL_HINT, launchChromium } from "../support/chromium.ts";
import { type RunningCli, start, startCli } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { type Measurement, measurePage } from "./measure-page.ts";
import { report } from "./report.ts";

/** How long all of it may take beside the measurement, in milliseconds. */
const PATIENCE = 300_000;

const options = new Command("npm run life:fps --")
  .description("Play the Game of Life at its full speed, and show how many frames a second its page draws.")
  .option("--size <cells>", "the side of the grid", integer(1, 1000), 100)
  .option("--seconds <number>", "how long to measure", number(1, 3600), 20)
  .option(
    "--speed <steps>",
    "steps per second, at most (default: no limit)",
    number(0.001, 1_000_000),
    1_000_000,
  )
  .parse()
  .opts<{ size: number; seconds: number; speed: number }>();

const executable = findChromium();
if (executable === undefined) throw new Error(INSTALL_HINT);
checkFileLimit(options.size ** 2, "workers");

const timeout = PATIENCE + options.seconds * 1000;
const server = start(process.execPath, ["dist/app.js", "--port=0", "--log=off"], { cwd: ROOT, timeout });
try {
  const [, url = ""] = await server.said(/^Listening on (\S+)\n/m);
  const browser = await launchChromium(executable);
  const game = play(url);
  try {
    console.log(report(options, await Promise.race([measurePage(browser, url, options), end(game)])));
  } finally {
    await browser.close();
    await stop(game, "SIGINT");
  }
} finally {
  await stop(server, "SIGTERM");
}

function play(url: string): RunningCli {
  const { size, speed } = options;
  const at = ["--url", url.replace(/^http/, "ws")];
  return startCli(["gameoflife", ...at, "--size", `${size}`, "--speed", `${speed}`, "--random", "1"], {
    timeout,
  });
}

async function end({ outcome }: RunningCli): Promise<Measurement> {
  throw new Error(`The game ended: ${(await outcome).stderr}`);
}

async function stop({ process, outcome }: RunningCli, signal: NodeJS.Signals): Promise<void> {
  process.kill(signal);
  await outcome;
}
