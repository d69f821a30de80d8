import { findRedis, REDIS_HINT, type RedisServer, startRedisServer } from "./redis-server.ts";
import { useDirectory } from "./use-directory.ts";

/**
 * Gives a suite's tests a Redis; without one on this machine the suite is skipped, or fails under `CI=true`.
 *
 * @returns a function that starts one, with further arguments. Default: all is kept, and at once
 */
export function useRedis(): (...args: string[]) => Promise<RedisServer> {
  let program = "";
  const running: RedisServer[] = [];

  before(function () {
    program = findRedis() ?? "";
    if (program !== "") return;
    if (process.env.CI === "true") throw new Error(REDIS_HINT);
    this.skip();
  });

  afterEach(() => Promise.all(running.splice(0).map((server) => server.kill())));

  // Behind that: Redis writes there until it ends.
  const directory = useDirectory();

  return async function startRedis(...args) {
    const server = await startRedisServer(program, directory(), args);
    running.push(server);
    return server;
  };
}
