import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy.ts";
import { RedisVictim } from "../redis-victim.ts";
import { ServerVictim } from "../victim.ts";

/** Where a game is: two servers, the Redis that they share, and what is between the servers and the workers. */
export interface Site {
  readonly servers: readonly ServerVictim[];
  readonly redis: RedisVictim;
  /** Each in front of the server of the same place. */
  readonly proxies: readonly TcpProxy[];
  /** Kills all a last time. */
  end(): Promise<void>;
}

/** @param directory keeps what Redis keeps */
export async function openSite(directory: string): Promise<Site> {
  const redis = await RedisVictim.start(directory);
  const servers = [
    await ServerVictim.start("--redis", redis.url),
    await ServerVictim.start("--redis", redis.url),
  ];
  const proxies = await Promise.all(servers.map(({ port }) => startTcpProxy(port)));
  return {
    servers,
    redis,
    proxies,
    async end() {
      for (const proxy of proxies) proxy.end();
      for (const victim of [...servers, redis]) await victim.end();
    },
  };
}
