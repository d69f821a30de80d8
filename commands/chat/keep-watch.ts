import type { Connection } from "../../middleware/connection.ts";

/** How often the server is pinged, in milliseconds. One that has not answered until the next time is dead. */
const INTERVAL = 20_000;

/**
 * Cuts a connection whose server has gone without a word: nothing else would tell one who only listens.
 *
 * @returns ends the watch
 */
export function keepWatch(ws: Connection, interval = INTERVAL): () => void {
  let isAlive = true;
  async function ping(): Promise<void> {
    if (!isAlive) return ws.raw.terminate();
    isAlive = false;
    try {
      await ws.ping();
      isAlive = true;
    } catch {
      // It is closed, which whoever reads from it hears too.
    }
  }
  const timer = setInterval(ping, interval);
  return function stop() {
    clearInterval(timer);
  };
}
