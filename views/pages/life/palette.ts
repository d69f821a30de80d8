/** Steps after which the colours repeat: 20 × 64 is a multiple of 256. */
const CYCLE = 64;

/** The colours of one step, as pixels of an `ImageData` that is read as a `Uint32Array`. */
export interface StepColors {
  readonly alive: number;
  readonly dead: number;
}

/** Returns a cell's colour for CSS: the step gives the hue, and a live cell is dark, a dead one light. */
export function cellColor(step: number, isAlive: boolean): string {
  return `hsl(${(20 * step) % 256} 100% ${isAlive ? 25 : 95}%)`;
}

/**
 * Creates the colours of all steps.
 *
 * @param context - converts them, so that they are to the last bit what a canvas makes of {@link cellColor}
 */
export function createPalette(context: CanvasRenderingContext2D): (step: number) => StepColors {
  const steps = Array.from({ length: CYCLE }, (_, step) => ({
    alive: toPixel(context, cellColor(step, true)),
    dead: toPixel(context, cellColor(step, false)),
  }));

  return function palette(step) {
    return steps[step % CYCLE] ?? { alive: 0, dead: 0 };
  };
}

function toPixel(context: CanvasRenderingContext2D, color: string): number {
  context.fillStyle = color; // reads back as #rrggbb
  const rgb = Number.parseInt(context.fillStyle.slice(1), 16);
  const bytes = Uint8Array.of(rgb >> 16, rgb >> 8, rgb, 255);
  return new Uint32Array(bytes.buffer)[0] ?? 0;
}
