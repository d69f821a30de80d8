import type { Page } from "playwright-core";

/** The contrast of a text with what is behind it, by WCAG 2.2. */
export interface Contrast {
  /** The element, and the beginning of its text. */
  readonly where: string;
  /** From 1 to 21. */
  readonly ratio: number;
}

/** A text, and the colours that lie over one another behind it, as CSS has them. */
interface Layers {
  readonly where: string;
  readonly color: string;
  readonly behind: readonly string[];
}

/** Measures each text that is seen on a page, and what stands in empty fields. */
export async function contrasts(page: Page): Promise<Contrast[]> {
  const texts = await layersOf(page);
  const light = await luminances(
    page,
    texts.map(({ behind, color }) => [...behind, color]),
  );
  const dark = await luminances(
    page,
    texts.map(({ behind }) => behind),
  );
  return texts.map(({ where }, index) => ({ where, ratio: ratio(light[index] ?? 0, dark[index] ?? 0) }));
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function layersOf(page: Page): Promise<Layers[]> {
  return page.evaluate(() => {
    const found: Layers[] = [];
    for (const element of document.querySelectorAll("body *")) {
      const hasText = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
      const pseudo = element.hasAttribute("placeholder") ? "::placeholder" : null;
      if (!element.checkVisibility() || (!hasText && !pseudo)) continue;
      const behind: string[] = [];
      for (let over: Element | null = element; over; over = over.parentElement)
        behind.unshift(getComputedStyle(over).backgroundColor);
      const where = `${element.id || element.className || element.tagName}: ${element.textContent?.slice(0, 20)}`;
      found.push({ where, color: getComputedStyle(element, pseudo).color, behind });
    }
    return found;
  });
}

/** The relative luminance of each stack of colours, whatever notation CSS has them in. */
async function luminances(page: Page, stacks: readonly (readonly string[])[]): Promise<number[]> {
  const pixels = await page.evaluate((stacks) => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("No canvas");
    return stacks.map((colors) => {
      for (const color of ["white", ...colors]) {
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
      }
      return [...context.getImageData(0, 0, 1, 1).data];
    });
  }, stacks);
  return pixels.map(([red = 0, green = 0, blue = 0]) => {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  });
}

/** Takes the gamma from a channel of sRGB, from 0 to 255. */
function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
