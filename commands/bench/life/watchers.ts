import { fileURLToPath } from "node:url";
import { packageRoot } from "../../package-root.ts";
import { startChild } from "../child.ts";
import type { Pinning } from "../pinning.ts";
import type { LifeGame } from "./games.ts";
import type { ReadOrder, WatchOrder } from "./orders.ts";
import { stuckWatcher } from "./stuck-watcher.ts";

/** Who watches a game. */
export interface Watcher {
  /** Waits until so many lines have been read by it, if it reads at all. */
  read(lines: number): Promise<unknown>;
  end(): Promise<void>;
}

/** Connects the watcher of a game. */
export async function startWatcher(kind: LifeGame["watcher"], port: number, pins: Pinning): Promise<Watcher> {
  if (kind === "reads") return readingWatcher(port, pins);
  const end = kind === "stuck" ? await stuckWatcher(port) : () => {};
  return { read: async () => {}, end: async () => end() };
}

/** In a process of its own, where the workers are. */
async function readingWatcher(port: number, { load }: Pinning): Promise<Watcher> {
  const script = fileURLToPath(new URL("dist/commands/bench/life/watcher.js", packageRoot()));
  const child = startChild("The watcher", [...load, process.execPath, script]);
  try {
    await child.ask({ url: `ws://127.0.0.1:${port}/watcher/` } satisfies WatchOrder);
  } catch (error) {
    await child.end();
    throw error;
  }
  return { read: (lines) => child.ask({ lines } satisfies ReadOrder), end: child.end };
}
