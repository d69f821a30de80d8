import { expect } from "chai";
import { asCluster, withTls } from "../../support/redis-modes.ts";
import { freePort } from "../../support/redis-server.ts";
import { runScript } from "../../support/run-script.ts";
import { untilTrue } from "../../support/until.ts";
import { useDirectory } from "../../support/use-directory.ts";
import { useRedis } from "../../support/use-redis.ts";
import { useRedisConnections } from "../../support/use-redis-connections.ts";

/** A process of its own: which authorities Node trusts is settled when it starts. */
const PROGRAM = `
  import { setTimeout } from "node:timers/promises";
  import { openRedis, script } from "./handlers/redis/redis.ts";
  const [url, cluster] = [process.env.TEST_REDIS_URL ?? "", process.env.TEST_REDIS_CLUSTER === "yes"];
  const redis = openRedis({ url, cluster, prefix: "p:" }, console.log);
  if (!redis.available) await new Promise((resolve) => redis.onAvailability(resolve));
  const name = redis.name("tea");
  const heard = new Promise((hear) => redis.subscribe(name, { hear, missed() {} }).ready.then(() => redis.publish(name, "hello")));
  /** A node that has just started waits a moment before it is part of its cluster. */
  async function count() {
    const increment = script("return redis.call('INCR', KEYS[1])");
    return redis.run(increment, [redis.name("count")], []).catch((error) => {
      if (error.code !== "REDIS_AWAY") throw error;
      return setTimeout(10).then(count);
    });
  }
  console.log(await heard, await count());
  await redis.close();
`;

describe("a Redis that speaks TLS and asks for a password", () => {
  const { connect, reports } = useRedisConnections();
  const startRedis = useRedis();
  const directory = useDirectory();

  for (const cluster of [false, true]) {
    it(`is spoken to${cluster ? " as a cluster" : ""} by whoever trusts it`, async () => {
      const port = await freePort();
      const { args, ca } = await withTls(directory(), port);
      const more = cluster ? [...(await asCluster(directory(), port)), "--tls-cluster", "yes"] : [];
      await startRedis(...more, ...args, "--requirepass", "open sesame!");
      const said = await runScript(PROGRAM, {
        NODE_EXTRA_CA_CERTS: ca,
        TEST_REDIS_URL: `rediss://:${encodeURIComponent("open sesame!")}@localhost:${port}`,
        TEST_REDIS_CLUSTER: cluster ? "yes" : "no",
      });
      expect(said).to.match(/^(Redis is away: .*\nRedis is back\n)?hello 1\n$/);
    });
  }

  it("is away for whoever does not trust it", async () => {
    const port = await freePort();
    const { args } = await withTls(directory(), port);
    await startRedis(...args);
    for (const cluster of [false, true]) connect({ url: `rediss://localhost:${port}`, cluster });
    await untilTrue(() => reports.length === 2);
    for (const line of reports) expect(line).to.match(/^Redis is away: .*self-signed certificate/);
  });
});
