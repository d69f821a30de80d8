import type { Browser, Page } from "playwright-core";
import { findChromium, INSTALL_HINT, launchChromium } from "./chromium.ts";
import { TIMEOUT } from "./timeouts.ts";

/**
 * Gives a suite's tests a browser, and each test pages of its own. Without a browser the suite is skipped, or fails
 * under `CI=true`. An error that a page does not catch fails the suite.
 *
 * @returns a function that opens a page
 */
export function useBrowser(): () => Promise<Page> {
  let browser: Browser | undefined;
  const errors: Error[] = [];

  before(async function () {
    const path = findChromium();
    if (path) browser = await launchChromium(path);
    else if (process.env.CI === "true") throw new Error(INSTALL_HINT);
    else this.skip();
  });

  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });

  after(async () => {
    await browser?.close();
    if (errors.length > 0) throw new AggregateError(errors, `Pages threw: ${errors.join("; ")}`);
  });

  return async function openPage() {
    if (!browser) throw new Error("The browser runs only while tests do");
    const context = await browser.newContext();
    context.setDefaultTimeout(TIMEOUT);
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(error));
    return page;
  };
}
