/** What gestures over an element do. Places and ways are fractions of its width and height. */
export interface Gestures {
  isZoomed(): boolean;
  zoom(factor: number, x: number, y: number): void;
  pan(right: number, down: number): void;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** How much a wheel zooms: e to the power of this for each pixel that it would scroll. */
const WHEEL = 1 / 400;

/** What a wheel scrolls by a line or a page, in pixels: by `deltaMode`. */
const DELTAS = [1, 16, 400];

/** Has fingers, mouse and wheel zoom and pan; where all is in sight already, they scroll the page as elsewhere. */
export function listenToGestures(element: HTMLElement, gestures: Gestures): void {
  listenToWheel(element, gestures);
  listenToPointers(element, gestures);
}

function listenToWheel(element: HTMLElement, { isZoomed, zoom }: Gestures): void {
  function onWheel(event: WheelEvent): void {
    // A pinch on a touchpad comes with ctrlKey.
    const isForPage = !event.ctrlKey && !isZoomed() && (event.deltaY >= 0 || scrollY > 0);
    if (isForPage) return;
    event.preventDefault();
    const { x, y } = placeOf(event, element);
    zoom(Math.exp(-event.deltaY * WHEEL * (DELTAS[event.deltaMode] ?? 1) * (event.ctrlKey ? 4 : 1)), x, y);
  }

  element.addEventListener("wheel", onWheel, { passive: false });
}

/** One pointer drags; several drag by their middle, and zoom as they part. */
function listenToPointers(element: HTMLElement, { isZoomed, zoom, pan }: Gestures): void {
  const pointers = new Map<number, Place>();

  function move(event: PointerEvent): void {
    if (!pointers.has(event.pointerId)) return;
    const before = [...pointers.values()];
    pointers.set(event.pointerId, placeOf(event, element));
    const after = [...pointers.values()];
    const [from, to] = [middleOf(before), middleOf(after)];
    const spread = spreadOf(before, from);
    if (spread > 0) zoom(spreadOf(after, to) / spread, from.x, from.y);
    pan(to.x - from.x, to.y - from.y);
  }

  function lift({ pointerId }: PointerEvent): void {
    pointers.delete(pointerId);
    element.toggleAttribute("data-dragged", pointers.size > 0);
  }

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, placeOf(event, element));
    element.setPointerCapture(event.pointerId);
    element.toggleAttribute("data-dragged", isZoomed());
  });
  element.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel"] as const) element.addEventListener(end, lift);
}

function placeOf({ clientX, clientY }: MouseEvent, element: HTMLElement): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

function middleOf(places: readonly Place[]): Place {
  const sum = places.reduce((sum, { x, y }) => ({ x: sum.x + x, y: sum.y + y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
}

/** How far places are from their middle, all together. */
function spreadOf(places: readonly Place[], middle: Place): number {
  return places.reduce((sum, { x, y }) => sum + Math.hypot(x - middle.x, y - middle.y), 0);
}
