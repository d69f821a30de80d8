import { expect } from "chai";
import type { Page } from "playwright-core";

/** More than there are stops on any page. */
const MOST = 100;

/** Presses Tab until an element has the focus, and shows it. */
export async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < MOST; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === id) return expectFocusShown(page);
  }
  throw new Error(`Tab does not lead to ${id}`);
}

/** Presses Tab through a page, from its beginning to its end: the id or the text of each stop, all of which show the focus. */
export async function tabStops(page: Page): Promise<string[]> {
  await restOfStops(page);
  return restOfStops(page);
}

/** Behind its last stop a page has no focus, and the next one is its first again. */
async function restOfStops(page: Page): Promise<string[]> {
  const stops: string[] = [];
  while (stops.length < MOST) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    if (stop === undefined) return stops;
    await expectFocusShown(page);
    stops.push(stop);
  }
  throw new Error(`Tab does not come to an end: ${stops}`);
}

/** The id of what has the focus, or its text; undefined if nothing has. */
export function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { activeElement, body } = document;
    if (!activeElement || activeElement === body) return undefined;
    return activeElement.id || `${activeElement.textContent}`;
  });
}

async function expectFocusShown(page: Page): Promise<void> {
  const outline = await page.evaluate(
    () => document.activeElement && getComputedStyle(document.activeElement).outlineStyle,
  );
  expect(outline, `outline of ${await focused(page)}`).not.to.equal("none");
}
