import type { Page } from "playwright-core";

/** How a page is looked at. */
export interface Look {
  /** For the title of a test. */
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
}

/** The size of a common phone, held upright. */
export const PHONE = { width: 390, height: 844 };

/** The size of the narrowest phone that is about. */
export const NARROW = { width: 320, height: 568 };

/** The size of a common window on a desk. */
export const DESK = { width: 1280, height: 800 };

/** The looks in which each page is to do. */
export const LOOKS: readonly Look[] = [PHONE, DESK].flatMap((size) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    name: `${size.width}×${size.height}, ${colorScheme}`,
    size,
    colorScheme,
  })),
);

/** Has a page look like that, from now on. */
export async function look(page: Page, { size, colorScheme }: Look): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
}
