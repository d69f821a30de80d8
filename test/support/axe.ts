import axe from "axe-core";
import { expect } from "chai";
import type { Page } from "playwright-core";

/** Expects that axe-core finds nothing on a page that would keep anybody from using it. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState();
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => (await window.axe.run()).violations);
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(found).to.deep.equal([]);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
