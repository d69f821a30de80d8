import type { Log } from "../../../handlers/chat/log/log.ts";
import { redisLog } from "../../../handlers/chat/log/redis-log.ts";
import { sqliteLog } from "../../../handlers/chat/log/sqlite-log.ts";
import { openRedis } from "../../../handlers/redis/redis.ts";
import { untilTrue } from "../../support/until.ts";
import { RedisVictim } from "../victims/redis-victim.ts";
import { ServerVictim } from "../victims/server-victim.ts";
import type { Victim } from "../victims/victim.ts";

/** Where a chat is: its servers, and what keeps what is said. */
export interface Site {
  /** All that can be killed. */
  readonly victims: readonly Victim[];
  /** Of the servers: `ws://127.0.0.1:PORT`. */
  readonly urls: readonly string[];
  /** Opens the log, when all has ended. Whoever does it closes it. */
  openLog(): Promise<Log>;
  /** Kills all a last time. */
  end(): Promise<void>;
}

/** One server, with its log in a directory. */
export async function openSingle(directory: string): Promise<Site> {
  const server = await ServerVictim.start("--data", directory);
  return {
    victims: [server],
    urls: [server.url],
    openLog: async () => sqliteLog({ directory }),
    end: () => server.end(),
  };
}

/** Two servers, and a Redis that keeps in a directory what they share. */
export async function openShared(directory: string): Promise<Site> {
  const redis = await RedisVictim.start(directory);
  const servers = [
    await ServerVictim.start("--redis", redis.url),
    await ServerVictim.start("--redis", redis.url),
  ];
  const victims = [...servers, redis];
  return {
    victims,
    urls: servers.map(({ url }) => url),

    async openLog() {
      await redis.reopen();
      const connection = openRedis({ url: redis.url }, () => {});
      await untilTrue(() => connection.available);
      const log = redisLog(connection);
      return {
        ...log,
        async close() {
          await log.close();
          await connection.close();
          await redis.close();
        },
      };
    },

    async end() {
      for (const victim of victims) await victim.end();
    },
  };
}
