import type { Browser, CDPSession } from "playwright-core";

/** What a page did while it was looked at. */
export interface Measurement {
  /** The time from each frame to the next, in milliseconds. */
  readonly intervals: readonly number[];
  /** Steps of the game that the page showed. */
  readonly steps: number;
  /** How long the page's main thread worked, in milliseconds. */
  readonly work: number;
}

/** What the page shows once all workers run. */
const RUNNING = "A game is running.";

/** How long workers may take to connect, in milliseconds. */
const PATIENCE = 240_000;

/** Opens the page at a desk's size, waits until the game runs there, and takes the time of its frames. */
export async function measurePage(
  browser: Browser,
  url: string,
  { seconds }: { readonly seconds: number },
): Promise<Measurement> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  await page.locator("#status").getByText(RUNNING).waitFor({ timeout: PATIENCE });
  await page.waitForFunction(() => Number(document.getElementById("step")?.textContent) > 1);
  const step = async () => Number(await page.locator("#step").textContent());
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Performance.enable");
  const before = { step: await step(), work: await workOf(devTools) };
  const intervals = await page.evaluate(timeFrames, seconds * 1000);
  return { intervals, steps: (await step()) - before.step, work: (await workOf(devTools)) - before.work };
}

async function workOf(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

/** Runs in the page. */
async function timeFrames(duration: number): Promise<number[]> {
  const times: number[] = [];
  while ((times.at(-1) ?? 0) - (times[0] ?? 0) < duration) {
    times.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
