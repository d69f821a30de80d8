/** How long a test waits for what must happen, in milliseconds: below mocha's own limit, so that it says what it missed. */
export const TIMEOUT = 20_000;
