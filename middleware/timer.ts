/** The longest delay of a timer of Node, in milliseconds, nearly 25 days: a longer one would end at once. */
export const MAX_DELAY = 2 ** 31 - 1;

/**
 * The delay of a timer that is to run so many milliseconds; Infinity, and what no timer can count, is its longest.
 *
 * @throws TypeError for anything but a number from 0, which a timer would take for 1
 */
export function timerDelay(name: string, milliseconds: number): number {
  if (typeof milliseconds === "number" && milliseconds >= 0) return Math.min(milliseconds, MAX_DELAY);
  throw new TypeError(`"${name}" has to be a number of milliseconds from 0, not ${String(milliseconds)}`);
}
