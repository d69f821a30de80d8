import { element } from "../element.ts";
import { cellColor, type Scheme } from "./palette.ts";

/** What a legend shows of the hues: one for each of these steps, from the one that is now. */
const STEPS = 13;

/** The step whose colours stand for all: it is green. */
const SAMPLE = 8;

/** Gives the legend the colours that cells have. */
export function colorLegend(scheme: Scheme): void {
  element("swatch-alive", HTMLElement).style.background = cellColor(SAMPLE, true, scheme);
  element("swatch-dead", HTMLElement).style.background = cellColor(SAMPLE, false, scheme);
  const hues = Array.from({ length: STEPS }, (_, step) => cellColor(step, true, scheme));
  element("swatch-hues", HTMLElement).style.background = `linear-gradient(to right, ${stripes(hues)})`;
  element("hues", HTMLElement).hidden = scheme.isSteady;
}

/** Hard stops, each colour as wide as the others. */
function stripes(colors: readonly string[]): string {
  return colors
    .map(
      (color, index) => `${color} ${(index / colors.length) * 100}% ${((index + 1) / colors.length) * 100}%`,
    )
    .join(", ");
}
