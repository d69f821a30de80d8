import { formatDuration } from "../duration.ts";
import { speedometer } from "../speedometer.ts";

/** How far a game has come. */
export interface Progress {
  /** Workers connected. */
  connected: number;
  /** Workers that named all their neighbours. */
  subscribed: number;
  /** States that workers sent. */
  updates: number;
  /** Gives up timing steps: other processes do, and tell what it gives how many milliseconds each took. */
  timedElsewhere?(): (milliseconds: number) => void;
}

/** The beginning of a game. */
export function createProgress(): Progress {
  return { connected: 0, subscribed: 0, updates: 0 };
}

/** The step that the game is at. Cells are ahead of one another by a few steps: it is their average, rounded down. */
export function currentStep({ updates }: Progress, cells: number): number {
  return Math.max(0, Math.floor(updates / cells) - 1);
}

/**
 * Describes a game in one line.
 *
 * @param steps the step to end after; Infinity for a game without an end
 * @returns a function that gives the line as of `now`, in milliseconds
 */
export function describeProgress(
  progress: Progress,
  cells: number,
  steps = Number.POSITIVE_INFINITY,
): (now: number) => string {
  const [workersPerSecond, stepsPerSecond] = [speedometer(), speedometer()];
  return function describeProgress(now) {
    const { connected, subscribed, updates } = progress;
    if (connected < cells) {
      const rate = workersPerSecond(now, connected);
      return `workers connected: ${connected} of ${cells}, ${rate.toFixed(0)}/s${timeLeft(cells - connected, rate)}`;
    }
    if (updates < cells) return `workers connected: ${cells}, subscribed: ${subscribed} of ${cells}`;
    const speed = stepsPerSecond(now, updates / cells);
    const step = currentStep(progress, cells);
    const end = Number.isFinite(steps) ? ` of ${steps}` : "";
    return `step ${step}${end}, ${speed.toFixed(1)} steps/s${timeLeft(steps - step, speed)}, ${cells} workers`;
  };
}

function timeLeft(rest: number, rate: number): string {
  const isKnown = Number.isFinite(rest) && rest > 0 && rate > 0;
  return isKnown ? `, ${formatDuration((rest / rate) * 1000)} left` : "";
}
