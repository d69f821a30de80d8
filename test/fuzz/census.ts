import { readdir } from "node:fs/promises";
import type { Server } from "node:http";
import { promisify } from "node:util";
import { hookOf } from "../../middleware/hook.ts";
import { collectGarbage } from "../support/collect-garbage.ts";
import type { TimerWatch } from "../support/timer-watch.ts";

/** What a server has on its hands: nothing at all, once every connection is gone. */
export interface Load {
  readonly connections: number;
  readonly upgrading: number;
  readonly transports: number;
  readonly handlers: number;
}

/** What a process holds. */
export interface Census extends Load {
  /** Open file descriptors; 0 where the system does not tell. */
  readonly descriptors: number;
  readonly sockets: number;
  /** Those that keep no process alive too. */
  readonly timers: number;
  /** In bytes, after all garbage was collected. */
  readonly heap: number;
}

/**
 * How much the heap may grow, in bytes: what V8 compiles late, and the caches of Node, come to some hundred kilobytes, and to
 * a few bytes more with each input that differs. A leaked request is over 2 kB, a leaked connection over 10 kB: in a long run
 * one connection in a hundred shows, in a short one each.
 */
const TOLERANCE = 1024 * 1024;
const TOLERANCE_PER_INPUT = 100;

/** Counts what the server has on its hands. */
export async function takeLoad(server: Server, handlers: number): Promise<Load> {
  const connections = await promisify(server.getConnections.bind(server))();
  const hook = hookOf(server);
  return {
    connections,
    upgrading: hook?.upgrading.size ?? 0,
    transports: hook?.transports.size ?? 0,
    handlers,
  };
}

/** Counts what this process holds. */
export async function takeCensus(load: Load, timers: TimerWatch): Promise<Census> {
  await collectGarbage();
  const sockets = process.getActiveResourcesInfo().filter((type) => type.startsWith("TCPSocket")).length;
  return {
    ...load,
    descriptors: await countDescriptors(),
    sockets,
    timers: timers.count,
    heap: process.memoryUsage().heapUsed,
  };
}

async function countDescriptors(): Promise<number> {
  try {
    return (await readdir("/proc/self/fd")).length;
  } catch {
    return 0;
  }
}

/** Names what so many inputs have left behind, compared with before; empty if nothing. */
export function leftBehind(before: Census, after: Census, inputs: number): string[] {
  const counts = [
    "connections",
    "upgrading",
    "transports",
    "handlers",
    "descriptors",
    "sockets",
    "timers",
  ] as const;
  const more = counts
    .filter((name) => after[name] > before[name])
    .map((name) => `${name}: ${after[name]}, before: ${before[name]}`);
  const growth = after.heap - before.heap;
  return growth > TOLERANCE + inputs * TOLERANCE_PER_INPUT ? [...more, `heap: ${growth} bytes more`] : more;
}
