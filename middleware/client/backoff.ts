/**
 * How long to wait before connecting again, in milliseconds: jittered exponential back-off. The upper bound doubles with
 * each failure, and the delay is anywhere in its upper half, so that clients which lost one server do not all come back
 * to it in the same moment.
 *
 * @param failures how many attempts have failed since the last that did not
 * @param first the bound after none, in milliseconds
 * @param most what the bound never exceeds, in milliseconds
 * @param random from 0 up to, but not including, 1
 */
export function backoff(failures: number, first: number, most: number, random = Math.random()): number {
  return Math.min(first * 2 ** failures, most) * (0.5 + random / 2);
}
