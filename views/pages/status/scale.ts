/** How far apart the marks of an axis may be, but for a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Returns the marks of an axis that begins at 0: round numbers, evenly spaced, of which the last is the scale's end. It
 * stays where it is while values change little, so that a chart does not jump with every sample.
 *
 * @param max the largest value
 * @param count how many steps there may be at most
 * @param isWhole whether only whole numbers have a meaning, such as for connections
 */
export function marks(max: number, count = 4, isWhole = false): number[] {
  if (max <= 0) return [0, 1];
  const step = stepOf(max / count, isWhole);
  const steps = Math.ceil(max / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

function stepOf(least: number, isWhole: boolean): number {
  if (isWhole && least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const steps = STEPS.map((step) => step * power).filter((step) => !isWhole || Number.isInteger(step));
  return steps.find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}

/** Returns the marks of a logarithmic axis: the powers of ten from below the smallest value to above the largest. */
export function powersOfTen(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(max) - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}
