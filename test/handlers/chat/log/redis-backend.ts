import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../../../../handlers/chat/log/log.ts";
import { redisLog } from "../../../../handlers/chat/log/redis-log.ts";
import { openRedis } from "../../../../handlers/redis/redis.ts";
import { findRedis, type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { untilTrue } from "../../../support/until.ts";
import type { LogLimits } from "./log-backend.ts";

interface Place {
  readonly server: RedisServer;
  readonly directory: string;
}

/** The Redis of each place, by its URL, in the process that made it. */
const places = new Map<string, Place>();

export async function makePlace(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "chat-log-"));
  const server = await startRedisServer(findRedis() ?? "", directory);
  places.set(server.url, { server, directory });
  return server.url;
}

export async function removePlace(url: string): Promise<void> {
  const place = places.get(url);
  await place?.server.kill();
  if (place) await rm(place.directory, { recursive: true, force: true });
}

export async function openLog(url: string, limits: LogLimits = {}): Promise<Log> {
  const redis = openRedis({ url }, console.error);
  await untilTrue(() => redis.available);
  const log = redisLog(redis, limits);
  return {
    ...log,
    async close() {
      await log.close();
      await redis.close();
    },
  };
}
