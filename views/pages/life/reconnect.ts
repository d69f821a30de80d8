import { createBackoff } from "./backoff.ts";

/**
 * Opens a WebSocket, and a new one each time that it closes, for as long as the page lives.
 *
 * @param open - opens a socket and listens to it
 * @param lost - told after each close in how many milliseconds the next attempt follows
 */
export function reconnect(open: () => WebSocket, lost: (delay: number) => void): void {
  const backoff = createBackoff();

  function attempt(): void {
    const socket = open();
    // Not at its opening: a server that accepts and closes at once must not be asked ever faster.
    socket.addEventListener("message", backoff.reset, { once: true });
    socket.addEventListener("close", retry);
  }

  function retry(): void {
    const delay = backoff.next();
    lost(delay);
    setTimeout(attempt, delay);
  }

  attempt();
}
