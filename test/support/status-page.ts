import type { Page } from "playwright-core";

/** The id of every chart. */
export const CHARTS = [
  "connections",
  "handshakes",
  "messages",
  "bytes",
  "delay",
  "memory",
  "cost",
  "behind",
  "closes",
];

/** Waits until a chart's legend gives a value to a line. */
export async function untilValue(page: Page, chart: string, line: string, value: string): Promise<void> {
  const name = page.locator("dt").getByText(line, { exact: true });
  const item = page.locator(`#${chart} .legend > div`).filter({ has: name });
  await item.locator("dd").getByText(value, { exact: true }).waitFor();
}

/** Waits until a large figure is that. */
export async function untilFigure(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`#figure-${name}`).getByText(value, { exact: true }).waitFor();
}

/** Waits until all charts say that they are read at a moment; "" for now. */
export async function untilMoment(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    ([text, count]) => {
      const times = Array.from(document.querySelectorAll("figure .ago"), (time) => time.textContent);
      return times.length === count && times.every((time) => time === text);
    },
    [text, CHARTS.length] as const,
  );
}

/** What a chart says of itself to who does not see it. */
export function descriptionOf(page: Page, chart: string): Promise<string | null> {
  return page.locator(`#${chart} .plot`).getAttribute("aria-label");
}

/** How much of a chart's plot is painted, from 0 to 1: of the canvas, what is not transparent. */
export function painted(page: Page, chart: string): Promise<number> {
  return page.locator(`#${chart} canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let count = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) count++;
    return count / (data.length / 4);
  });
}

/** Has the page take itself for one that nobody sees, as in a tab that is not in front. */
export function hide(page: Page, isHidden: boolean): Promise<void> {
  return page.evaluate((isHidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: isHidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

/** Waits until the page has drawn what it was about to draw. */
export function untilFramesDrawn(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}

/** Touches an element with a finger, which moves from place to place in it, and is lifted. Places are from 0, left, to 1, right. */
export async function touch(page: Page, selector: string, ...places: number[]): Promise<void> {
  await page.locator(selector).scrollIntoViewIfNeeded();
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not seen`);
  const session = await page.context().newCDPSession(page);
  for (const [index, place] of places.entries()) {
    const touchPoints = [{ x: box.x + box.width * place, y: box.y + box.height / 2 }];
    await session.send("Input.dispatchTouchEvent", {
      type: index === 0 ? "touchStart" : "touchMove",
      touchPoints,
    });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
