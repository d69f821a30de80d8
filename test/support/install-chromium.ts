/**
 * Sees to it that the browser tests have a browser. Run by `npm run test:setup`: as root on Debian or Ubuntu it installs
 * Chromium and fonts; elsewhere it says what to do, which under `CI=true` is a failure.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium, INSTALL_HINT } from "./chromium.ts";

const PACKAGES = ["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"];

if (!findChromium() && mayInstall()) install();
if (!findChromium()) {
  console.error(INSTALL_HINT);
  if (process.env.CI === "true") process.exitCode = 1;
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function install(): void {
  if (run("apt-get", "update")) run("apt-get", "install", "-y", "--no-install-recommends", ...PACKAGES);
}

/** Runs a command, quietly unless it fails; gives whether it succeeded. */
function run(command: string, ...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: "utf8" });
  if (status === 0) return true;
  console.error(`${[command, ...args].join(" ")} failed:`, error?.message ?? `${stdout}${stderr}`);
  return false;
}
