/** Measures steps per second. */
export interface Rate {
  /** Takes note of the step that the game has reached at a time, in milliseconds. */
  mark(step: number, now: number): void;
  /** Returns the steps per second up to a time, in milliseconds; 0 until two steps were seen. */
  perSecond(now: number): number;
}

/**
 * Creates a measure of steps per second over a sliding window.
 *
 * @param window - how far back it looks, in milliseconds: a game slower than two steps in it shows as standing still
 */
export function createRate(window = 5_000): Rate {
  const marks: { step: number; time: number }[] = [];
  return {
    mark(step, now) {
      const last = marks.at(-1);
      if (last && step < last.step) marks.length = 0; // a new game
      if (last?.step !== step) marks.push({ step, time: now });
    },
    perSecond(now) {
      while (marks[0] && marks[0].time < now - window) marks.shift();
      const [first, last] = [marks.at(0), marks.at(-1)];
      if (!first || !last || first.time === last.time) return 0;
      return ((last.step - first.step) / (last.time - first.time)) * 1000;
    },
  };
}
