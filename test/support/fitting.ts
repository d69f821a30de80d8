import { expect } from "chai";
import type { Page } from "playwright-core";

/** What is pressed, other than in the midst of a text. */
const TARGETS = "button, input, textarea, select, nav a, main a:not(.text a, #hint a)";

/** How wide and high what a finger presses has to be, in CSS pixels. */
const FINGER = 44;

/** Expects that a page is not wider than its window, and that what a finger presses on it is large enough. */
export async function expectFitting(page: Page): Promise<void> {
  // Behind a form there is a page that may be without its style yet.
  await page.waitForLoadState();
  const found = await page.evaluate(
    ([selector, least]) => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const small = [...document.querySelectorAll(selector)].filter((target) => {
        const { width, height } = target.getBoundingClientRect();
        return target.checkVisibility() && (width < least || height < least);
      });
      return {
        overflow: scrollWidth - clientWidth,
        small: small.map(({ id, textContent }) => id || `${textContent}`),
      };
    },
    [TARGETS, FINGER] as const,
  );
  expect(found).to.deep.equal({ overflow: 0, small: [] });
}
