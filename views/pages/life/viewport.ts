/** What of the grid is seen: a part that is `zoom` times smaller, in fractions of the grid's side. */
export interface Viewport {
  /** How many times larger than with all of the grid in sight. */
  readonly zoom: number;
  /** How far left of what is seen the grid begins. */
  readonly left: number;
  /** How far above what is seen the grid begins. */
  readonly top: number;
}

/** All of the grid. */
export const FIT: Viewport = { zoom: 1, left: 0, top: 0 };

/** How many cells of a row are seen at least. */
const MIN_CELLS = 8;

/** Returns how far one may zoom into a grid of size × size cells. */
export function maxZoom(size: number): number {
  return Math.max(1, size / MIN_CELLS);
}

/**
 * Zooms, so that the cell at a point stays there.
 *
 * @param limit - of the zoom: {@link maxZoom}
 * @param x - the point, from 0 at the left edge of what is seen to 1 at the right one
 * @param y - the point, from 0 at the upper edge to 1 at the lower one
 */
export function zoomAt(view: Viewport, factor: number, limit: number, x = 0.5, y = 0.5): Viewport {
  const zoom = clamp(view.zoom * factor, 1, limit);
  return within({
    zoom,
    left: view.left + x / view.zoom - x / zoom,
    top: view.top + y / view.zoom - y / zoom,
  });
}

/** Moves the grid with what drags it, by fractions of what is seen: to the right, and down. */
export function panBy(view: Viewport, right: number, down: number): Viewport {
  return within({ ...view, left: view.left - right / view.zoom, top: view.top - down / view.zoom });
}

/** Nothing beside the grid is ever seen. */
function within({ zoom, left, top }: Viewport): Viewport {
  const most = 1 - 1 / zoom;
  return { zoom, left: clamp(left, 0, most), top: clamp(top, 0, most) };
}

function clamp(number: number, least: number, most: number): number {
  return Math.min(Math.max(number, least), most);
}
