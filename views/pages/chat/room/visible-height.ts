/**
 * Tells the styles how high the part of the page is that an on-screen keyboard leaves, as `--visible-height`: browsers that lay
 * the keyboard over the page count it in no unit of CSS. A page that is zoomed in is left as it is.
 */
export function trackVisibleHeight(root: HTMLElement, viewport: VisualViewport | null): void {
  viewport?.addEventListener("resize", () => {
    if (viewport.scale === 1) root.style.setProperty("--visible-height", `${viewport.height}px`);
  });
}
