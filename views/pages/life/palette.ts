/** Steps after which the colours repeat: 20 × 64 is a multiple of 256. */
const CYCLE = 64;

/** The hue of each step where colours are not to change. */
const STEADY_HUE = 160;

/** How whoever looks wants colours to be. */
export interface Scheme {
  readonly isDark: boolean;
  /** Whether they stay the same from step to step. */
  readonly isSteady: boolean;
}

/** Returns a cell's colour for CSS: the step gives the hue; on a light page a live cell is dark, on a dark one it is light. */
export function cellColor(step: number, isAlive: boolean, { isDark, isSteady }: Scheme): string {
  const hue = isSteady ? STEADY_HUE : (20 * step) % 256;
  if (isDark) return isAlive ? `hsl(${hue} 85% 70%)` : `hsl(${hue} 35% 12%)`;
  return isAlive ? `hsl(${hue} 100% 25%)` : `hsl(${hue} 100% 95%)`;
}

/** What is kept of a cell that is not known. */
export const UNKNOWN = 0;

/** Returns what is kept of a cell at a step: a number of one byte, which {@link createPalette} gives the colour of. */
export function cellCode(step: number, state: number): number {
  return 1 + (step % CYCLE) * 2 + state;
}

/**
 * Creates the colours of all cells, by {@link cellCode}, as pixels of an `ImageData` that is read as a `Uint32Array`.
 *
 * @param context - converts them, so that they are to the last bit what a canvas makes of {@link cellColor}
 */
export function createPalette(context: CanvasRenderingContext2D, scheme: Scheme): Uint32Array {
  const colors = Uint32Array.from({ length: cellCode(CYCLE - 1, 1) + 1 }, () => 0);
  for (let step = 0; step < CYCLE; step++) {
    for (const state of [0, 1]) {
      colors[cellCode(step, state)] = toPixel(context, cellColor(step, state === 1, scheme));
    }
  }
  return colors;
}

function toPixel(context: CanvasRenderingContext2D, color: string): number {
  context.fillStyle = color; // reads back as #rrggbb
  const rgb = Number.parseInt(context.fillStyle.slice(1), 16);
  const bytes = Uint8Array.of(rgb >> 16, rgb >> 8, rgb, 255);
  return new Uint32Array(bytes.buffer)[0] ?? 0;
}
