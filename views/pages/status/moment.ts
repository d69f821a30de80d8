import { formatAgo } from "./format-ago.ts";

/** The moment that the charts are read at: everywhere the same. */
export interface Moment {
  /** In seconds before now; undefined while that is now itself. */
  readonly ago: number | undefined;
  /** Moves to another. */
  moveTo(ago: number | undefined): void;
}

/**
 * Creates the moment, which a slider moves too: with keys, where there is no pointer.
 *
 * @param slider from how many seconds before now, as a negative number, to 0
 * @param onMove told of each other moment
 */
export function createMoment(slider: HTMLInputElement, text: HTMLElement, onMove: () => void): Moment {
  let current: number | undefined;

  function moveTo(ago: number | undefined): void {
    const next = ago === undefined ? undefined : Math.round(Math.min(Math.max(ago, 0), -slider.min));
    if (next === current) return;
    current = next;
    slider.value = String(-(next ?? 0));
    text.textContent = slider.ariaValueText = formatAgo(next ?? 0);
    onMove();
  }

  slider.addEventListener("input", () => moveTo(slider.valueAsNumber === 0 ? undefined : -slider.valueAsNumber));

  return {
    get ago() {
      return current;
    },
    moveTo,
  };
}
