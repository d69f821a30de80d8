/** How a line is drawn. The legend shows the same: lines can be told apart without their colours. */
export interface Stroke {
  /** From 1: what `--stroke-1` is in the style sheet, and `data-stroke="1"` in a legend. */
  readonly number: number;
  /** Lengths of dashes and gaps in pixels; empty for a line without gaps. */
  readonly dash: number[];
}

/** As in the style sheet. */
const COLORS = 7;
const DASHES: readonly number[][] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
const GREY: Stroke = { number: COLORS + 1, dash: [2, 3] };

/**
 * Returns a function that gives each label its stroke: the next one at its first time, and that one for ever, so that
 * what comes and goes keeps its colour.
 *
 * @param aside the label of a line that is grey. Default: none
 */
export function createStrokes(aside?: string): (label: string) => Stroke {
  const strokes = new Map<string, Stroke>();

  return function strokeOf(label) {
    if (label === aside) return GREY;
    const known = strokes.get(label);
    if (known) return known;
    const index = strokes.size;
    const stroke = { number: (index % COLORS) + 1, dash: DASHES[index % DASHES.length] ?? [] };
    strokes.set(label, stroke);
    return stroke;
  };
}
