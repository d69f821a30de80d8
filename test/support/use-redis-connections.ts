import { openRedis, type Redis, type RedisOptions } from "../../handlers/redis/redis.ts";
import { SHORT } from "./timeouts.ts";

/** Gives a suite's tests connections to Redis, which are closed after each test. To be called before `useRedis`. */
export function useRedisConnections() {
  const open: Redis[] = [];
  const reports: string[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((redis) => redis.close()));
    reports.splice(0);
  });

  return {
    /** What the connections of this test have reported. */
    reports,

    connect(options: RedisOptions): Redis {
      const redis = openRedis({ pulse: SHORT, ...options }, (line) => reports.push(line));
      open.push(redis);
      return redis;
    },

    /** Listens; gives what is heard, and `missed` where something may be missing. */
    async listen(redis: Redis, channel: string): Promise<string[]> {
      const heard: string[] = [];
      await redis.subscribe(channel, {
        hear: (message) => heard.push(message),
        missed: () => heard.push("missed"),
      }).ready;
      return heard;
    },
  };
}
