import type { Pattern } from "../../../handlers/patterns/protocol.ts";

/** What is left free around a pattern, in cells. */
const MARGIN = 1;

/** Returns the `viewBox` of an SVG in which a pattern is drawn: a cell is one wide. */
export function viewBoxOf({ width, height }: Pattern): string {
  return [-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].join(" ");
}

/** Returns the path of an SVG that covers a pattern's live cells, neighbours in a row together. */
export function pathOf({ alive }: Pattern): string {
  let path = "";
  for (let start = 0, end = 1; start < alive.length; start = end, end += 1) {
    const first = alive[start];
    if (!first) break;
    while (alive[end]?.row === first.row && alive[end]?.col === first.col + end - start) end += 1;
    path += `M${first.col} ${first.row}h${end - start}v1h${start - end}z`;
  }
  return path;
}
