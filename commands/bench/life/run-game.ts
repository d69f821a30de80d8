import { peakMemory } from "../peak-memory.ts";
import type { Pinning } from "../pinning.ts";
import type { LifeGame } from "./games.ts";
import type { Length } from "./scale.ts";
import type { Side } from "./sides.ts";
import { startWatcher } from "./watchers.ts";

/** What a game came to. */
export interface Played {
  readonly stepsPerSecond: number;
  /** The most memory that its server had resident, in bytes; undefined where the system does not say. */
  readonly memory: number | undefined;
}

/**
 * Plays a game with processes of its own, which have ended when it gives what was measured.
 *
 * @throws CommandError if the server, the workers or a watcher that reads fails
 */
export async function runGame(
  { size, watcher: kind }: Pick<LifeGame, "size" | "watcher">,
  length: Length,
  side: Side,
  pins: Pinning,
): Promise<Played> {
  const server = side.serve(pins);
  const started: { end(): Promise<void> }[] = [server];
  try {
    const urls = await server.urls;
    const watcher = await startWatcher(kind, Number(new URL(urls[0] ?? "").port), pins);
    started.push(watcher);
    const play = side.play({ urls, size, length }, pins);
    started.push(play);
    const stepsPerSecond = await play.stepsPerSecond;
    await watcher.read(size * size * (length.warmUp + length.steps + 1));
    return { stepsPerSecond, memory: server.pid === undefined ? undefined : peakMemory(server.pid) };
  } finally {
    // The server first: the ports that TCP keeps for a while after a close are then its own.
    for (const one of started) await one.end();
  }
}
