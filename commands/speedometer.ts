/** How far back a speed is measured, in milliseconds. */
const WINDOW = 5000;

/** Measures how fast a value grows, per second, over the last few seconds. */
export function speedometer(): (now: number, value: number) => number {
  const samples: { now: number; value: number }[] = [];
  return function speedometer(now, value) {
    samples.push({ now, value });
    while (samples.length > 2 && now - (samples[0]?.now ?? now) > WINDOW) samples.shift();
    const [first = { now, value }] = samples;
    return now > first.now ? ((value - first.value) / (now - first.now)) * 1000 : 0;
  };
}
