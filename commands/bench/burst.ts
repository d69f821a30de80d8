/** How many messages a burst sends to each client. */
export const BURST = 10;
