import type { Page } from "playwright-core";
import type { Grid } from "./reference-life.ts";

/** Waits until the page shows a text in an element. */
export async function untilShown(page: Page, id: string, text: string): Promise<void> {
  await page.locator(`#${id}:visible`).getByText(text, { exact: true }).waitFor();
}

/** Waits until the page shows the end of a game after that step. */
export async function untilEnd(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    ([step, status]) =>
      document.getElementById("step")?.textContent === step &&
      document.getElementById("status")?.textContent === status,
    [String(step), "No game is running."],
  );
}

/** What is on the canvas: the red, green, blue and alpha of each cell, row by row. */
export function picture(page: Page): Promise<string[][]> {
  return page.locator("#grid").evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext("2d");
    const rows = Array.from({ length: canvas.height }, (_, row) => row);
    const cols = Array.from({ length: canvas.width }, (_, col) => col);
    return rows.map((row) => cols.map((col) => String(context?.getImageData(col, row, 1, 1).data)));
  });
}

/** What a grid is to look like at a step, on a light page. */
export async function colored(page: Page, grid: Grid, step: number): Promise<string[][]> {
  const alive = await paint(page, `hsl(${20 * step}, 100%, 25%)`);
  const dead = await paint(page, `hsl(${20 * step}, 100%, 95%)`);
  return grid.map((line) => Array.from(line, (mark) => (mark === "O" ? alive : dead)));
}

/** What a canvas makes of a colour: its red, green, blue and alpha. */
export function paint(page: Page, color: string): Promise<string> {
  return page.evaluate((color) => {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) throw new Error("No canvas");
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return String(context.getImageData(0, 0, 1, 1).data);
  }, color);
}
