import type { Bus } from "./bus/bus.ts";
import { Hub } from "./bus/hub.ts";
import { ipcBus } from "./bus/ipc-bus.ts";
import { tieToHub } from "./bus/ipc-hub.ts";
import { memoryBus } from "./bus/memory-bus.ts";
import { redisBus } from "./bus/redis-bus.ts";
import { Bureau } from "./census/bureau.ts";
import type { Census } from "./census/census.ts";
import { tieToBureau } from "./census/ipc-bureau.ts";
import { ipcCensus } from "./census/ipc-census.ts";
import { ownCensus } from "./census/own-census.ts";
import type { Log } from "./chat/log/log.ts";
import { redisLog } from "./chat/log/redis-log.ts";
import { sqliteLog } from "./chat/log/sqlite-log.ts";
import { withNotices } from "./chat/log/with-notices.ts";
import { openLog } from "./chat/open-log.ts";
import type { Port } from "./ipc/line.ts";
import { openRedis, type RedisOptions } from "./redis/redis.ts";
import { ipcRegistry } from "./registry/ipc-registry.ts";
import { tieToStore } from "./registry/ipc-store.ts";
import { memoryRegistry } from "./registry/memory-registry.ts";
import { redisRegistry } from "./registry/redis-registry.ts";
import type { Registry } from "./registry/registry.ts";
import { Store } from "./registry/store.ts";
import { type ProcessMetrics, pastOf } from "./status/sum-metrics.ts";

/** Where it is that servers share what they share. */
export interface ServicesOptions {
  /** The directory of the chat's log. */
  readonly data: string;
  /** How many processes serve: more than one have a primary, where {@link hostServices} was called. Default: 1. */
  readonly workers?: number;
  /** The Redis by which servers on any machines share all of it. Default: none, and what is shared is of this machine. */
  readonly redis?: RedisOptions | undefined;
}

/** What a server shares with others, or has for itself. */
export interface Services {
  readonly bus: Bus;
  readonly registry: Registry;
  /** Asks all processes of this server for their metrics. */
  readonly census: Census<ProcessMetrics>;
  /** Keeps what is said in the chat. */
  readonly log: Log;
  /** What a server's health depends on. */
  readonly vitals: readonly { readonly name: string; readonly available: boolean }[];
  /** Lets go of all of it; called when nobody is connected any more. */
  close(): Promise<void>;
}

/** What is shared by more than the processes of one server. */
type Shared = Omit<Services, "census">;

/**
 * Opens what a server shares.
 *
 * @param report told what goes wrong, a line at a time
 */
export function openServices(
  { data, workers = 1, redis }: ServicesOptions,
  report: (line: string) => void,
): Services {
  const { close, ...shared } = redis ? onAllMachines(redis, report) : onThisMachine(data, workers, report);
  const census: Census<ProcessMetrics> = workers > 1 ? ipcCensus() : ownCensus();
  return {
    ...shared,
    census,
    async close() {
      await Promise.all([census.close(), close()]);
    },
  };
}

/** What an app has that shares nothing with others. There is nothing to be closed. */
export function ownServices(): Pick<Services, "bus" | "registry" | "census"> {
  return { bus: memoryBus(), registry: memoryRegistry(), census: ownCensus() };
}

function onThisMachine(data: string, workers: number, report: (line: string) => void): Shared {
  const [bus, registry] = workers > 1 ? [ipcBus(), ipcRegistry()] : [memoryBus(), memoryRegistry()];
  const log = openLog(() => withNotices(sqliteLog({ directory: data }), bus), report);
  return {
    bus,
    registry,
    log,
    vitals: [],
    async close() {
      await Promise.all([registry.close(), log.close()]);
      await bus.close();
    },
  };
}

function onAllMachines(options: RedisOptions, report: (line: string) => void): Shared {
  const redis = openRedis(options, report);
  const [bus, registry, log] = [redisBus(redis), redisRegistry(redis), redisLog(redis)];
  const vital = {
    name: "redis",
    get available() {
      return redis.available;
    },
  };
  return {
    bus,
    registry,
    log,
    vitals: [vital],
    async close() {
      await Promise.all([registry.close(), log.close(), bus.close()]);
      await redis.close();
    },
  };
}

/**
 * Holds in a primary what its processes share.
 *
 * @returns ties a process to it, and gives what unties it when that has ended
 */
export function hostServices(): (port: Port) => () => void {
  const hub = new Hub();
  const store = new Store();
  const bureau = new Bureau(pastOf);
  return function tie(port) {
    const unties = [tieToHub(hub, port), tieToStore(store, port), tieToBureau(bureau, port)];
    return () => {
      for (const untie of unties) untie();
    };
  };
}
