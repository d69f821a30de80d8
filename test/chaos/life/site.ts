import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy.ts";
import { RedisVictim } from "../victims/redis-victim.ts";
import { ServerVictim } from "../victims/server-victim.ts";
import { SERVERS } from "./fault.ts";

/** Where a game is played: servers, the Redis that they share, and what connects them with it and with their workers. */
export interface Site {
  readonly servers: readonly ServerVictim[];
  readonly redis: RedisVictim;
  /** Each server's connections with its workers; then each server's with Redis. */
  readonly links: readonly TcpProxy[];
  /** Of the servers, as their workers reach them. */
  readonly urls: readonly string[];
  /**
   * Ends all of it.
   *
   * @throws Error, as a rejection, if a server has ended by itself
   */
  close(): Promise<void>;
}

/**
 * Opens a site.
 *
 * @param directory where Redis keeps what it keeps
 */
export async function openSite(directory: string): Promise<Site> {
  const redis = await RedisVictim.start(directory);
  const toWorkers: TcpProxy[] = [];
  const toRedis: TcpProxy[] = [];
  const servers: ServerVictim[] = [];
  for (let index = 0; index < SERVERS; index++) {
    const link = await startTcpProxy(redis.port);
    const server = await ServerVictim.start("--redis", `redis://127.0.0.1:${link.port}`);
    toRedis.push(link);
    servers.push(server);
    toWorkers.push(await startTcpProxy(server.port));
  }
  const links = [...toWorkers, ...toRedis];
  return {
    servers,
    redis,
    links,
    urls: toWorkers.map(({ port }) => `ws://127.0.0.1:${port}`),

    async close() {
      for (const link of links) link.end();
      const ends = await Promise.allSettled([...servers, redis].map((victim) => victim.end()));
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
  };
}
