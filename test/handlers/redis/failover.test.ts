import { expect } from "chai";
import { type Redis, script } from "../../../handlers/redis/redis.ts";
import { asNodes } from "../../support/redis-modes.ts";
import { freePort, type RedisServer } from "../../support/redis-server.ts";
import { SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useDirectory } from "../../support/use-directory.ts";
import { useRedis } from "../../support/use-redis.ts";
import { useRedisConnections } from "../../support/use-redis-connections.ts";

const COUNT = script('return redis.call("INCR", KEYS[1])');

/** After how long a cluster finds that a node has gone, in milliseconds. */
const NODE_TIMEOUT = 500;

/** Some in each node's share of the slots. */
const KEYS = Array.from({ length: 20 }, (_, n) => `key ${n}`);

describe("a Redis Cluster that loses a node", () => {
  const { connect, listen, reports } = useRedisConnections();
  const startRedis = useRedis();
  const directory = useDirectory();

  /** Starts three masters, and a replica of the first; gives that first one, and a URL of another. */
  async function startCluster(): Promise<{ first: RedisServer; url: string }> {
    const ports = [await freePort(), await freePort(), await freePort()];
    const replicaPort = await freePort();
    const nodes = await asNodes(directory(), ports, replicaPort);
    const timeout = ["--cluster-node-timeout", `${NODE_TIMEOUT}`];
    const [first, second] = await Promise.all(nodes.map((args) => startRedis(...args, ...timeout)));
    if (!first || !second) return expect.fail();
    await untilReplicating(connect({ url: `redis://127.0.0.1:${replicaPort}` }));
    return { first, url: second.url };
  }

  async function untilReplicating(replica: Redis): Promise<void> {
    await untilTrue(() => replica.available);
    while (!String(await replica.command("", "INFO", "replication")).includes("master_link_status:up"));
    while (!String(await replica.command("", "CLUSTER", "INFO")).includes("cluster_state:ok"));
    await replica.close();
  }

  function countAll(redis: Redis): Promise<PromiseSettledResult<unknown>[]> {
    return Promise.allSettled(KEYS.map((key) => redis.run(COUNT, [key], [])));
  }

  for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
    it(`is away until a replica has taken its place, after ${signal}, and says so once each way`, async () => {
      const { first, url } = await startCluster();
      const options = { url, cluster: true, pulse: 4 * SHORT };
      const [one, two] = [connect(options), connect(options)];
      const heard = await listen(two, "tea");
      await untilTrue(() => one.available && two.available);
      expect((await countAll(one)).map(({ status }) => status)).to.not.include("rejected");
      process.kill(first.pid, signal);
      for (const result of await countAll(one))
        if (result.status === "rejected") expect(result.reason).to.have.property("code", "REDIS_AWAY");
      await untilTrue(() => !one.available && !two.available);
      await untilTrue(() => one.available && two.available);
      expect((await countAll(one)).map(({ status }) => status)).to.not.include("rejected");
      one.publish("tea", "hello");
      await untilTrue(() => heard.includes("hello"));
      expect(heard, reports.join("; ")).to.deep.equal(["missed", "hello"]);
      expect(reports.filter((line) => line.startsWith("Redis is away: "))).to.have.lengthOf(2);
      expect(reports.filter((line) => line === "Redis is back")).to.have.lengthOf(2);
    });
  }
});
