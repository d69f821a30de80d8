/**
 * Sees to it that the tests have the programs that npm does not install. Run by `npm run test:setup`: as root on Debian or
 * Ubuntu it installs them; elsewhere it says what to do, which under `CI=true` is a failure.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium, INSTALL_HINT } from "./chromium.ts";
import { findProgram } from "./find-program.ts";
import { NGINX_HINT } from "./nginx.ts";
import { findRedis, REDIS_HINT } from "./redis-server.ts";

const TOOLS = [
  {
    find: findChromium,
    packages: ["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"],
    hint: INSTALL_HINT,
  },
  { find: () => findProgram("nginx"), packages: ["nginx"], hint: NGINX_HINT },
  { find: findRedis, packages: ["redis-server"], hint: REDIS_HINT },
];

function missing() {
  return TOOLS.filter(({ find }) => !find());
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function install(packages: readonly string[]): void {
  if (run("apt-get", "update")) run("apt-get", "install", "-y", "--no-install-recommends", ...packages);
}

/** Runs a command, quietly unless it fails; gives whether it succeeded. */
function run(command: string, ...args: string[]): boolean {
  // In single-user mode a package that brings a service does not start it.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: "utf8" });
  if (status === 0) return true;
  console.error(`${[command, ...args].join(" ")} failed:`, error?.message ?? `${stdout}${stderr}`);
  return false;
}

if (missing().length > 0 && mayInstall()) install(missing().flatMap(({ packages }) => packages));
for (const { hint } of missing()) {
  console.error(hint);
  if (process.env.CI === "true") process.exitCode = 1;
}
