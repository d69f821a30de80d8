import type { Scheme } from "./palette.ts";

const DARK = "(prefers-color-scheme: dark)";
const STEADY = "(prefers-reduced-motion: reduce)";

/** Returns how whoever looks wants colours to be, now. */
export function currentScheme(): Scheme {
  return { isDark: matchMedia(DARK).matches, isSteady: matchMedia(STEADY).matches };
}

/** Tells whenever that changes. */
export function onSchemeChange(listener: (scheme: Scheme) => void): void {
  for (const query of [DARK, STEADY]) {
    matchMedia(query).addEventListener("change", () => listener(currentScheme()));
  }
}
