import { formatAgo } from "./format-ago.ts";

/** The moment at which all charts are read. */
export interface Moment {
  /** In seconds before now; undefined while that is now itself. */
  readonly ago: number | undefined;
  /** Moves to another. */
  moveTo(ago: number | undefined): void;
  /** Has the slider go back for as many seconds; what is before is let go. */
  limit(length: number): void;
}

/**
 * Creates the moment, which a slider moves too: with keys, where there is no pointer.
 *
 * @param slider from a number of seconds before now, which is negative, to 0
 * @param onMove told of each other moment
 */
export function createMoment(slider: HTMLInputElement, onMove: () => void): Moment {
  let current: number | undefined;

  function moveTo(ago: number | undefined): void {
    const next = ago === undefined ? undefined : Math.round(Math.min(Math.max(ago, 0), -slider.min));
    if (next === current) return;
    current = next;
    slider.value = String(-(next ?? 0));
    slider.ariaValueText = formatAgo(next ?? 0);
    onMove();
  }

  slider.addEventListener("input", () => {
    const { valueAsNumber: time } = slider;
    moveTo(time === 0 ? undefined : -time);
  });

  return {
    get ago() {
      return current;
    },
    moveTo,
    limit(length) {
      if (current !== undefined && current > length) moveTo(undefined);
      slider.min = String(-length);
    },
  };
}
