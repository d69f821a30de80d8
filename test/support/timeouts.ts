/** How long a test waits for what must happen, in milliseconds: below mocha's own limit, so that it says what it missed. */
export const TIMEOUT = 20_000;

/** A time that a test lets run out, in milliseconds: an interval, a deadline, a grace. */
export const SHORT = TIMEOUT / 400;

/** A time that no test sees the end of, in milliseconds. */
export const LONG = TIMEOUT * 30;
