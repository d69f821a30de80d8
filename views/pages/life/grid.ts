import type { UpdateBlock } from "../../../handlers/life/cells-protocol.ts";
import { cellCode, createPalette, type Scheme, UNKNOWN } from "./palette.ts";

/** The picture of a game on a canvas: exactly one canvas pixel per cell, the cell (row, col) at x = col, y = row. */
export interface Grid {
  /** Starts over with size × size cells of which nothing is known yet: transparent. */
  reset(size: number): void;
  /** Takes note of cells and their step. */
  paint(block: UpdateBlock): void;
  /** Lets the picture stand as it is now, whatever happens to the grid; or lets it go on. */
  hold(isHeld: boolean): void;
  /** Gives it its colours, or others. */
  recolor(scheme: Scheme): void;
  /** The side of what is shown, in cells. */
  readonly size: number;
  /** Puts on the canvas what has happened. Painting touches memory only, so that this can wait for a frame. */
  draw(): void;
}

/** A square of cells, by `cellCode`. */
interface Cells {
  readonly size: number;
  readonly codes: Uint8Array;
}

/** Creates the picture of a game on a canvas. */
export function createGrid(canvas: HTMLCanvasElement): Grid {
  const context = canvas.getContext("2d");
  if (!context) throw new TypeError("This browser cannot draw on a canvas");
  let palette: Uint32Array = new Uint32Array();
  let cells = unknownCells(canvas.width);
  let held: Cells | undefined;
  let image = context.createImageData(cells.size, cells.size);

  function changeSize(size: number): void {
    if (image.width === size) return;
    canvas.width = canvas.height = size;
    canvas.ariaLabel = `Game of Life of ${size} by ${size} cells`;
    image = new ImageData(size, size);
  }

  return {
    reset(size) {
      cells = unknownCells(size);
    },
    paint({ step, cells: packed }) {
      const [dead, alive] = [cellCode(step, 0), cellCode(step, 1)];
      const { codes } = cells;
      for (let i = 0; i < packed.length; i++) {
        const cell = packed[i] ?? 0;
        codes[cell >> 1] = cell & 1 ? alive : dead;
      }
    },
    hold(isHeld) {
      held = isHeld ? { size: cells.size, codes: cells.codes.slice() } : undefined;
    },
    recolor(scheme) {
      palette = createPalette(context, scheme);
    },
    get size() {
      return (held ?? cells).size;
    },
    draw() {
      const { size, codes } = held ?? cells;
      changeSize(size);
      const pixels = new Uint32Array(image.data.buffer);
      for (let i = 0; i < codes.length; i++) pixels[i] = palette[codes[i] ?? UNKNOWN] ?? 0;
      context.putImageData(image, 0, 0);
    },
  };
}

function unknownCells(size: number): Cells {
  return { size, codes: new Uint8Array(size * size) };
}
