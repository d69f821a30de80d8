/** How far a game has come. */
export interface Progress {
  /** Workers connected. */
  connected: number;
  /** Workers that named all their neighbours. */
  subscribed: number;
  /** States that workers sent. */
  updates: number;
}

/** How far back the speed is measured, in milliseconds. */
const WINDOW = 5000;

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
 * @returns a function that gives the line as of `now`, in milliseconds
 */
export function describeProgress(progress: Progress, cells: number): (now: number) => string {
  const stepsPerSecond = speedometer();
  return function describeProgress(now) {
    const { connected, subscribed, updates } = progress;
    if (connected < cells) return `workers connected: ${connected} of ${cells}`;
    if (updates < cells) return `workers connected: ${cells}, subscribed: ${subscribed} of ${cells}`;
    const speed = stepsPerSecond(now, updates / cells).toFixed(1);
    return `workers connected: ${cells}, subscribed: ${cells}, step ${currentStep(progress, cells)}, ${speed} steps/s`;
  };
}

/** Measures how fast a value grows, per second, over the last few seconds. */
function speedometer(): (now: number, value: number) => number {
  const samples: { now: number; value: number }[] = [];
  return function speedometer(now, value) {
    samples.push({ now, value });
    while (samples.length > 2 && now - (samples[0]?.now ?? now) > WINDOW) samples.shift();
    const [first = { now, value }] = samples;
    return now > first.now ? ((value - first.value) / (now - first.now)) * 1000 : 0;
  };
}
