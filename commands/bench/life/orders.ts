import type { Length } from "./scale.ts";

/** What the player is ordered to play. */
export interface PlayOrder {
  /** The servers' base URLs. */
  readonly urls: readonly string[];
  readonly size: number;
  readonly length: Length;
}

/** What the watcher is ordered to watch. */
export interface WatchOrder {
  /** The URL of the view. */
  readonly url: string;
}

/** How many lines the watcher shall have read, all told, before it answers. */
export interface ReadOrder {
  readonly lines: number;
}

export function isPlayOrder(order: unknown): order is PlayOrder {
  return has(order, "urls") && has(order, "size") && has(order, "length");
}

export function isWatchOrder(order: unknown): order is WatchOrder {
  return has(order, "url");
}

export function isReadOrder(order: unknown): order is ReadOrder {
  return has(order, "lines");
}

function has(order: unknown, name: string): boolean {
  return typeof order === "object" && order !== null && name in order;
}
