/**
 * Follows what points at a plot: a mouse until it leaves, a finger until another place of the page is touched. A finger hides what
 * it points at: it is lifted to read. Where it scrolls the page it does not point.
 *
 * @param onPoint told where, in pixels from the left edge; undefined for nowhere
 */
export function followPointer(over: HTMLElement, onPoint: (left: number | undefined) => void): void {
  over.addEventListener("pointerdown", ({ offsetX }) => onPoint(offsetX));
  over.addEventListener("pointermove", ({ offsetX }) => onPoint(offsetX));
  over.addEventListener("pointercancel", () => onPoint(undefined));
  over.addEventListener("pointerleave", ({ pointerType }) => {
    if (pointerType !== "touch") onPoint(undefined);
  });
}
