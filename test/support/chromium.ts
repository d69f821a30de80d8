import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { findProgram } from "./find-program.ts";

/** What to do where the browser tests find no browser. */
export const INSTALL_HINT =
  "Browser tests need Chromium: install it with your system's packages (chromium or google-chrome), or set CHROMIUM_PATH";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const APPLICATIONS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** A browser that tests drive neither shows itself nor talks to anyone but the page's server. */
const ARGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Finds a browser of the Chromium family: `CHROMIUM_PATH`, the `PATH`, an application of macOS or Windows, or what
 * Playwright installed; undefined if there is none.
 */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return findProgram(...NAMES) ?? APPLICATIONS.find(existsSync) ?? playwrightsChromium();
}

function playwrightsChromium(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** Starts a headless browser. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? ["--no-sandbox", ...ARGS] : ARGS });
}
