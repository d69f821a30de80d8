import type { Page } from "playwright-core";

/** A screen on which a page is looked at. */
export interface Screen {
  /** `phone, 390×844, dark` */
  readonly name: string;
  /** Makes a page look as it does there. */
  apply(page: Page): Promise<void>;
}

const SIZES = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
};

/** A phone and a desk, in light and in dark colours. */
export const SCREENS: readonly Screen[] = Object.entries(SIZES).flatMap(([kind, size]) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    name: `${kind}, ${size.width}×${size.height}, ${colorScheme}`,
    async apply(page) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
    },
  })),
);
