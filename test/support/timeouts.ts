import { TIMEOUT } from "./timeout.ts";

export { TIMEOUT };

/** A time that a test lets run out, in milliseconds: an interval, a deadline, a grace. */
export const SHORT = TIMEOUT / 400;

/** A time that no test sees the end of, in milliseconds. */
export const LONG = TIMEOUT * 30;
