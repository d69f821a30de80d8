import { element } from "../element.ts";
import { listenToGestures } from "./gestures.ts";
import { FIT, maxZoom, panBy, type Viewport, zoomAt } from "./viewport.ts";

/** The frame around the picture, in which it is zoomed and moved. */
export interface Board {
  /** Says how many cells the picture's side has: another number brings all of it in sight. */
  resize(size: number): void;
}

/** One press of a button or key. */
const FACTOR = 1.5;

/** One press of an arrow key, as a fraction of what is seen. */
const NUDGE = 0.15;

/** From this width on, in pixels, cells have lines between them. */
const LINED = 5;

/** Up to this size, cells are whole pixels wide even on a phone. */
const MAX_WHOLE = 64;

const KEYS: Readonly<Record<string, (view: Viewport, limit: number) => Viewport>> = {
  "+": (view, limit) => zoomAt(view, FACTOR, limit),
  "=": (view, limit) => zoomAt(view, FACTOR, limit),
  "-": (view, limit) => zoomAt(view, 1 / FACTOR, limit),
  0: () => FIT,
  ArrowLeft: (view) => panBy(view, NUDGE, 0),
  ArrowRight: (view) => panBy(view, -NUDGE, 0),
  ArrowUp: (view) => panBy(view, 0, NUDGE),
  ArrowDown: (view) => panBy(view, 0, -NUDGE),
};

/** Creates the frame out of the page's elements. */
export function createBoard(): Board {
  const frame = element("frame", HTMLElement);
  const board = element("board", HTMLElement);
  const level = element("zoom", HTMLElement);
  const [zoomIn, zoomOut, fit] = ["zoom-in", "zoom-out", "fit"].map((id) => element(id, HTMLButtonElement));
  board.tabIndex = 0;
  let size = 1;
  let view = FIT;

  function show(next: Viewport): void {
    view = next;
    board.style.setProperty("--zoom", String(view.zoom));
    board.style.setProperty("--left", String(view.left));
    board.style.setProperty("--top", String(view.top));
    board.toggleAttribute("data-zoomed", view.zoom > 1);
    board.toggleAttribute("data-lines", (board.clientWidth * view.zoom) / size >= LINED);
    level.textContent = `${Number(view.zoom.toFixed(1))}×`;
    setInert(zoomIn, view.zoom >= maxZoom(size));
    setInert(zoomOut, view.zoom <= 1);
    setInert(fit, view.zoom <= 1);
  }

  const press = (key: string) => show(KEYS[key]?.(view, maxZoom(size)) ?? view);

  zoomIn?.addEventListener("click", () => press("+"));
  zoomOut?.addEventListener("click", () => press("-"));
  fit?.addEventListener("click", () => press("0"));
  board.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (view.zoom === 1 && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    press(event.key);
  });
  listenToGestures(board, {
    isZoomed: () => view.zoom > 1,
    zoom: (factor, x, y) => show(zoomAt(view, factor, maxZoom(size), x, y)),
    pan: (right, down) => show(panBy(view, right, down)),
  });
  new ResizeObserver(() => show(view)).observe(board);

  return {
    resize(next) {
      if (next === size) return;
      size = next;
      frame.style.setProperty("--size", String(size));
      frame.toggleAttribute("data-whole", size <= MAX_WHOLE);
      show(FIT);
    },
  };
}

/** A button that does nothing now, and keeps the focus that it may have. */
function setInert(button: HTMLButtonElement | undefined, isInert: boolean): void {
  if (isInert) button?.setAttribute("aria-disabled", "true");
  else button?.removeAttribute("aria-disabled");
}
