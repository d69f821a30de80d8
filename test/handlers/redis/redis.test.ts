import { expect } from "chai";
import { openRedis, type Redis, type RedisOptions, script } from "../../../handlers/redis/redis.ts";
import { freePort } from "../../support/redis-server.ts";
import { rejection } from "../../support/rejection.ts";
import { SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useRedis } from "../../support/use-redis.ts";

const ADD = script('return redis.call("INCRBY", KEYS[1], ARGV[1])');

describe("openRedis", () => {
  const open: Redis[] = [];
  const reports: string[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((redis) => redis.close()));
    reports.splice(0);
  });

  const startRedis = useRedis();

  function connect(options: RedisOptions): Redis {
    const redis = openRedis({ pulse: SHORT, ...options }, (line) => reports.push(line));
    open.push(redis);
    return redis;
  }

  /** Listens; gives what is heard, and `missed` where something may be missing. */
  async function listen(redis: Redis, channel: string): Promise<string[]> {
    const heard: string[] = [];
    await redis.subscribe(channel, {
      hear: (message) => heard.push(message),
      missed: () => heard.push("missed"),
    }).ready;
    return heard;
  }

  it("asks, runs scripts, publishes and hears", async () => {
    const { url } = await startRedis();
    const redis = connect({ url, prefix: "p:" });
    await untilTrue(() => redis.available);
    const key = redis.name("count");
    expect(key).to.equal("p:count");
    expect(await redis.run(ADD, [key], ["2"])).to.equal(2);
    expect(await redis.run(ADD, [key], ["3"])).to.equal(5);
    expect(await redis.command(key, "GET", key)).to.equal("5");
    const heard = await listen(redis, "p:tea");
    redis.publish("p:tea", "hello");
    await untilTrue(() => heard.length === 1);
    expect(heard).to.deep.equal(["hello"]);
    expect(reports).to.deep.equal([]);
  });

  it("tells what Redis says is wrong from Redis being away", async () => {
    const { url } = await startRedis();
    const redis = connect({ url });
    await untilTrue(() => redis.available);
    expect(await rejection(redis.command("a", "NONSENSE"))).to.not.have.property("code", "REDIS_AWAY");
    expect(redis.available).to.equal(true);
  });

  it("asks for a channel once for all, and only while somebody hears it", async () => {
    const { url } = await startRedis();
    const [redis, other] = [connect({ url }), connect({ url })];
    await untilTrue(() => redis.available && other.available);
    const count = async () => (await other.command("tea", "PUBSUB", "NUMSUB", "tea")) as unknown[];
    const listener = { hear() {}, missed() {} };
    const one = redis.subscribe("tea", listener);
    const two = redis.subscribe("tea", { ...listener });
    await Promise.all([one.ready, two.ready]);
    expect((await count())[1]).to.equal(1);
    one.end();
    expect((await count())[1]).to.equal(1);
    two.end();
    await redis.command("tea", "PING");
    expect((await count())[1]).to.equal(0);
  });

  it("waits for a Redis that is not there yet, and says so once each way", async () => {
    const port = await freePort();
    const redis = connect({ url: `redis://127.0.0.1:${port}` });
    const heard: string[] = [];
    void redis.subscribe("tea", { hear: (message) => heard.push(message), missed() {} });
    await untilTrue(() => reports.length === 1);
    expect(redis.available).to.equal(false);
    expect(await rejection(redis.command("a", "GET", "a"))).to.have.property("code", "REDIS_AWAY");
    await startRedis("--port", `${port}`);
    await untilTrue(() => redis.available);
    redis.publish("tea", "hello");
    await untilTrue(() => heard.length === 1);
    expect(reports[0]).to.match(/^Redis is away: .*ECONNREFUSED/);
    expect(reports.slice(1)).to.deep.equal(["Redis is back"]);
  });

  it("notices that it was killed, and goes on when it is back", async () => {
    const server = await startRedis();
    const redis = connect({ url: server.url });
    const changes: boolean[] = [];
    const heard = await listen(redis, "tea");
    await untilTrue(() => redis.available);
    const stop = redis.onAvailability((available) => changes.push(available));
    await server.kill();
    await untilTrue(() => !redis.available);
    redis.publish("tea", "lost");
    for (const promise of [redis.command("a", "GET", "a"), redis.run(ADD, ["a"], ["1"])])
      expect(await rejection(promise)).to.have.property("code", "REDIS_AWAY");
    await server.start();
    await untilTrue(() => redis.available);
    redis.publish("tea", "hello");
    await untilTrue(() => heard.length === 2);
    expect(heard).to.deep.equal(["missed", "hello"]);
    expect(await redis.run(ADD, ["a"], ["1"])).to.equal(1);
    expect(changes).to.deep.equal([false, true]);
    stop();
    expect(reports).to.have.lengthOf(2);
    expect(reports[0]).to.match(/^Redis is away: ./);
    expect(reports[1]).to.equal("Redis is back");
  });

  it("notices one that hangs, and lets nobody wait for it", async () => {
    const server = await startRedis();
    const redis = connect({ url: server.url });
    await untilTrue(() => redis.available);
    process.kill(server.pid, "SIGSTOP");
    expect(await rejection(redis.command("a", "GET", "a"))).to.have.property("code", "REDIS_AWAY");
    expect(redis.available).to.equal(false);
    process.kill(server.pid, "SIGCONT");
    await untilTrue(() => redis.available);
    expect(reports).to.deep.equal(["Redis is away: it does not answer", "Redis is back"]);
  });

  it("gives its password", async () => {
    const { port, url } = await startRedis("--requirepass", "open sesame");
    const redis = connect({ url: `redis://:${encodeURIComponent("open sesame")}@127.0.0.1:${port}` });
    await untilTrue(() => redis.available);
    connect({ url });
    await untilTrue(() => reports.length > 0);
    expect(reports[0]).to.match(/NOAUTH|auth/i);
  });

  it("works with a cluster", async () => {
    const busPort = await freePort();
    const server = await startRedis("--cluster-enabled", "yes", "--cluster-port", `${busPort}`);
    const single = connect({ url: server.url });
    await untilTrue(() => single.available);
    await single.command("", "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    while (!String(await single.command("", "CLUSTER", "INFO")).includes("cluster_state:ok"));
    const redis = connect({ url: server.url, cluster: true });
    const heard = await listen(redis, "tea");
    await untilTrue(() => redis.available);
    expect(await redis.run(ADD, ["{a}1", "{a}2"], ["1"])).to.equal(1);
    redis.publish("tea", "hello");
    await untilTrue(() => heard.includes("hello"));
    await server.kill();
    await untilTrue(() => !redis.available);
    await server.start();
    await untilTrue(() => redis.available);
    redis.publish("tea", "again");
    await untilTrue(() => heard.includes("again"));
    expect(heard).to.include("missed");
  });

  it("ends while Redis is away, too", async () => {
    const redis = connect({ url: `redis://127.0.0.1:${await freePort()}` });
    await untilTrue(() => reports.length === 1);
    await Promise.all([redis.close(), redis.close()]);
    expect(redis.available).to.equal(false);
    expect(await rejection(redis.command("a", "GET", "a"))).to.have.property("code", "REDIS_AWAY");
  });
});
