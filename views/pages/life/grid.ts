import type { UpdateBlock } from "../../../handlers/life/cells-protocol.ts";
import { createPalette } from "./palette.ts";

/** The picture of a game on a canvas: exactly one canvas pixel per cell, the cell (row, col) at x = col, y = row. */
export interface Grid {
  /** Starts over with size × size cells of which nothing is known yet: transparent. */
  reset(size: number): void;
  /** Colours cells by their states and their step; seen at the next {@link Grid.draw}. */
  paint(block: UpdateBlock): void;
  /** Puts what was painted on the canvas. */
  draw(): void;
}

/** Up to this size, cells are wide enough even on a phone for lines between them. */
const MAX_LINED = 64;

/**
 * Creates the picture of a game on a canvas. Painting touches memory only, so that drawing can wait for a frame.
 *
 * @param sheet - what the canvas lies on: told the size, it makes all cells equally wide and draws the lines
 */
export function createGrid(sheet: HTMLElement, canvas: HTMLCanvasElement): Grid {
  const context = canvas.getContext("2d");
  if (!context) throw new TypeError("This browser cannot draw on a canvas");
  const palette = createPalette(context);
  let image = context.createImageData(canvas.width, canvas.height);
  let pixels = new Uint32Array(image.data.buffer);

  return {
    reset(size) {
      canvas.width = canvas.height = size;
      canvas.ariaLabel = `Game of Life of ${size} by ${size} cells`;
      sheet.style.setProperty("--size", String(size));
      sheet.toggleAttribute("data-lines", size <= MAX_LINED);
      image = context.createImageData(size, size);
      pixels = new Uint32Array(image.data.buffer);
    },
    paint({ step, cells }) {
      const { dead, alive } = palette(step);
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] ?? 0;
        pixels[cell >> 1] = cell & 1 ? alive : dead;
      }
    },
    draw() {
      context.putImageData(image, 0, 0);
    },
  };
}
