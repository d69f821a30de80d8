/**
 * `npm run rolling`: restarts servers while `testecho` talks to them, in the two ways of `docs/deploy.md`, and shows what came of its
 * clients.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { integer, number } from "../../commands/options.ts";
import { type Outcome, start } from "../support/cli.ts";
import { findProgram } from "../support/find-program.ts";
import { ROOT } from "../support/imports.ts";
import { NGINX_HINT } from "../support/nginx.ts";
import { findRedis, REDIS_HINT } from "../support/redis-server.ts";
import { underTestecho } from "../support/under-testecho.ts";
import { startSite } from "./site.ts";

/** How long all of one way may take, in milliseconds. */
const PATIENCE = 600_000;

const options = new Command("npm run rolling --")
  .description("Restart servers while testecho talks to them, and show what came of its clients.")
  .option("--clients <number>", "how many", integer(1, 1_000_000), 10_000)
  .option("--delay <seconds>", "how long a client waits before each word", number(0.1, 3600), 5)
  .parse()
  .opts<{ clients: number; delay: number }>();

const directory = await mkdtemp(join(tmpdir(), "c10k-rolling-"));
try {
  show("One server of two processes, told to reload (SIGHUP)", await reloadWorkers());
  show(
    "Two servers behind nginx, ended one after the other (SIGTERM) and started again",
    await restartSite(),
  );
} finally {
  await rm(directory, { recursive: true });
}

async function reloadWorkers(): Promise<Outcome> {
  const args = ["dist/app.js", "--workers=2", "--port=0", "--log=off", `--data=${join(directory, "data")}`];
  const server = start(process.execPath, args, { cwd: ROOT, timeout: PATIENCE });
  try {
    const [, url = ""] = await server.said(/^Listening on (\S+)\/ /m);
    return await underTestecho(load(url), async () => {
      const begin = performance.now();
      server.process.kill("SIGHUP");
      await server.said(/^Reloaded/m);
      tell(begin);
    });
  } finally {
    server.process.kill("SIGTERM");
    await server.outcome;
  }
}

async function restartSite(): Promise<Outcome> {
  const [nginx, redis] = [findProgram("nginx"), findRedis()];
  if (nginx === undefined) throw new Error(NGINX_HINT);
  if (redis === undefined) throw new Error(REDIS_HINT);
  const site = await startSite({ nginx, redis }, directory);
  try {
    return await underTestecho(load(site.url), async () => {
      const begin = performance.now();
      await site.roll();
      tell(begin);
    });
  } finally {
    await site.stop();
  }
}

/** A client may be with the first one, then with the second. */
function load(url: string) {
  return { ...options, wsUrl: url.replace("http", "ws"), restarts: 2, timeout: PATIENCE };
}

function tell(begin: number): void {
  console.log(`All restarted within ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

function show(title: string, { code, stdout, stderr }: Outcome): void {
  console.log(`${title}:\n${stdout.slice(stdout.indexOf("┌"))}${stderr}`);
  if (code !== 0) process.exitCode = 1;
}
