import type { Range } from "./log.ts";

/**
 * Checks what a log is asked to read.
 *
 * @throws TypeError for a limit that is no integer from 1, or for both `since` and `before`
 */
export function checkRange({ since, before, limit }: Range): void {
  checkLimit(limit);
  if (since !== undefined && before !== undefined) {
    throw new TypeError('A log is read either "since" or "before" an entry, not both');
  }
}

/** @throws TypeError for anything but an integer from 1 */
export function checkLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1) return;
  throw new TypeError(`"limit" has to be an integer from 1, not ${String(limit)}`);
}
