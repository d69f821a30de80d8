import type { Pattern } from "../../../handlers/patterns/protocol.ts";

/** What a preview shows at least, in cells, so that no cell is very large. */
const LEAST = { width: 15, height: 10 };

/** What is left free around a pattern, in cells. */
const MARGIN = 1;

/** What is left free around a cell, in cells. */
const GAP = 0.06;

/** From this width on, in cells, a cell is about a pixel wide. */
const SMALL = 60;

/** Returns the `viewBox` of an SVG in which a pattern is drawn, in the middle: a cell is one wide. */
export function viewBoxOf({ width, height }: Pattern): string {
  const [wide, high] = [
    Math.max(width + 2 * MARGIN, LEAST.width),
    Math.max(height + 2 * MARGIN, LEAST.height),
  ];
  return [(width - wide) / 2, (height - high) / 2, wide, high].join(" ");
}

/** Returns the path of an SVG that has a square for each of a pattern's live cells. */
export function pathOf({ alive }: Pattern): string {
  const side = 1 - 2 * GAP;
  return alive.map(({ row, col }) => `M${col + GAP} ${row + GAP}h${side}v${side}h${-side}z`).join("");
}

/** Says whether the cells of a pattern's preview are hardly to be seen. */
export function isSmall({ width, height }: Pattern): boolean {
  return Math.max(width, height) >= SMALL;
}
