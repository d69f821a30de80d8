const style = getComputedStyle(document.documentElement);

/** Reads a colour of the style sheet, as the scheme is now: `--muted`. */
export function color(name: `--${string}`): string {
  return style.getPropertyValue(name).trim();
}

/** Calls back when the scheme changes from light to dark or back. */
export function onSchemeChange(callback: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}
