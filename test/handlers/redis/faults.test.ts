import { type AddressInfo, createServer } from "node:net";
import { expect } from "chai";
import { script } from "../../../handlers/redis/redis.ts";
import { asCluster } from "../../support/redis-modes.ts";
import { freePort } from "../../support/redis-server.ts";
import { rejection } from "../../support/rejection.ts";
import { runScript } from "../../support/run-script.ts";
import { untilTrue } from "../../support/until.ts";
import { useDirectory } from "../../support/use-directory.ts";
import { useRedis } from "../../support/use-redis.ts";
import { useRedisConnections } from "../../support/use-redis-connections.ts";
import { useTcpProxy } from "../../support/use-tcp-proxy.ts";

const ONE = script("return 1");

describe("a connection to Redis that fails", () => {
  const { connect, listen, reports } = useRedisConnections();
  const startProxy = useTcpProxy();
  const startRedis = useRedis();
  const directory = useDirectory();

  it("is known not to work while Redis hangs, and lets nobody wait for it", async () => {
    const server = await startRedis();
    const redis = connect({ url: server.url });
    const heard = await listen(redis, "tea");
    await untilTrue(() => redis.available);
    process.kill(server.pid, "SIGSTOP");
    expect(await rejection(redis.command("a", "GET", "a"))).to.have.property("code", "REDIS_AWAY");
    expect(redis.available).to.equal(false);
    redis.publish("tea", "lost");
    for (const promise of [redis.command("a", "GET", "a"), redis.run(ONE, ["a"], [])])
      expect(await rejection(promise)).to.have.property("code", "REDIS_AWAY");
    process.kill(server.pid, "SIGCONT");
    await untilTrue(() => redis.available);
    redis.publish("tea", "hello");
    await untilTrue(() => heard.includes("hello"));
    expect(heard).to.deep.equal(["missed", "hello"]);
    expect(reports).to.deep.equal(["Redis is away: it does not answer", "Redis is back"]);
  });

  for (const cluster of [false, true]) {
    it(`is made anew after it has stalled${cluster ? ", in a cluster" : ""}`, async () => {
      const port = await freePort();
      const proxy = await startProxy(port);
      const args = cluster ? await asCluster(directory(), port, proxy.port) : [];
      await startRedis("--port", `${port}`, ...args);
      const redis = connect({ url: `redis://127.0.0.1:${proxy.port}`, cluster });
      const heard = await listen(redis, "tea");
      await untilTrue(() => redis.available);
      proxy.stall();
      await untilTrue(() => !redis.available);
      await untilTrue(() => redis.available);
      redis.publish("tea", "hello");
      await untilTrue(() => heard.includes("hello"));
      expect(heard).to.deep.equal(["missed", "hello"]);
      expect(reports).to.have.lengthOf(2);
    });
  }

  it("is away as long as Redis reads what it had kept, though that publishes already", async () => {
    // In microseconds for each of the commands: a second for all.
    const server = await startRedis("--key-load-delay", "200");
    const redis = connect({ url: server.url });
    await untilTrue(() => redis.available);
    const keys = Array.from({ length: 5000 }, (_, key) => `key ${key}`);
    await Promise.all(keys.map((key) => redis.command(key, "SET", key, "kept")));
    await server.kill();
    await untilTrue(() => !redis.available);
    const answer = new Promise<unknown>((resolve) => {
      redis.onAvailability((available) => available && resolve(redis.command("key 0", "GET", "key 0")));
    });
    await server.start();
    expect(await answer).to.equal("kept");
    expect(reports).to.have.lengthOf(2);
  });

  it("is made anew after it was cut, and says once what it was", async () => {
    const { port } = await startRedis();
    const proxy = await startProxy(port);
    const redis = connect({ url: `redis://127.0.0.1:${proxy.port}` });
    const heard = await listen(redis, "tea");
    for (let n = 1; n <= 5; n++) {
      await untilTrue(() => redis.available);
      proxy.cut();
      await untilTrue(() => !redis.available);
      await untilTrue(() => redis.available);
      redis.publish("tea", `${n}`);
      await untilTrue(() => heard.includes(`${n}`));
      expect(reports).to.have.lengthOf(2 * n);
    }
    expect(heard.filter((message) => message !== "missed")).to.deep.equal(["1", "2", "3", "4", "5"]);
  });

  it("has asked for just what is listened to, whatever came and went meanwhile", async () => {
    const { port, url } = await startRedis();
    const proxy = await startProxy(port);
    const [redis, other] = [connect({ url: `redis://127.0.0.1:${proxy.port}` }), connect({ url })];
    await untilTrue(() => redis.available && other.available);
    const listener = { hear() {}, missed() {} };
    const begin = (name: string) => redis.subscribe(name, listener);
    const before = ["kept", "ended", "cut", "again"].map(begin);
    await Promise.all(before.map(({ ready }) => ready));
    before[2]?.end();
    proxy.cut();
    before[3]?.end();
    begin("again");
    await untilTrue(() => !redis.available);
    before[1]?.end();
    begin("new");
    begin("in vain").end();
    await untilTrue(() => redis.available);
    await Promise.all(["kept", "new", "again"].map((name) => begin(name).ready));
    const channels = async () => {
      const names = await other.command("", "PUBSUB", "CHANNELS");
      return Array.isArray(names) ? names.map(String).filter((name) => !name.includes("pulse")) : [];
    };
    expect((await channels()).sort()).to.deep.equal(["again", "kept", "new"]);
  });

  it("hears a channel that came and went within a turn, and before Redis had answered", async () => {
    const { url } = await startRedis();
    const redis = connect({ url });
    await untilTrue(() => redis.available);
    const heard: string[] = [];
    for (let n = 0; n < 200; n++) {
      const subscription = redis.subscribe("tea", { hear: () => expect.fail(), missed() {} });
      if (n % 3 === 0) await subscription.ready;
      subscription.end();
      if (n % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await redis.subscribe("tea", { hear: (message) => heard.push(message), missed() {} }).ready;
    redis.publish("tea", "hello");
    await untilTrue(() => heard.length === 1);
  });

  it("is not what fails where a listener throws: that is the process's, as everywhere", async () => {
    const { url } = await startRedis();
    const said = await runScript(`
      import { openRedis } from "./handlers/redis/redis.ts";
      const redis = openRedis({ url: ${JSON.stringify(url)} }, console.log);
      process.on("uncaughtException", ({ message }) => console.log(message, redis.available));
      const hear = (message) => {
        if (message === "last") return redis.close();
        throw new Error("Thrown for " + message);
      };
      await redis.subscribe("tea", { hear, missed() {} }).ready;
      if (!redis.available) await new Promise((resolve) => redis.onAvailability(resolve));
      for (const message of ["first", "last"]) redis.publish("tea", message);
    `);
    expect(said).to.equal("Thrown for first true\n");
  });

  it("is tried again later and later", async () => {
    const attempts: number[] = [];
    const server = createServer((socket) => {
      attempts.push(performance.now());
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await untilTrue(() => server.listening);
    const { port } = server.address() as AddressInfo;
    for (const cluster of [false, true]) {
      const redis = connect({ url: `redis://127.0.0.1:${port}`, cluster });
      await untilTrue(() => attempts.length >= 6);
      await redis.close();
      const [first = 0, last = 0] = [attempts[0], attempts[5]];
      // With jitter: half of 50, 100, 200, 400 and 800 ms at least.
      expect(last - first).to.be.above(770);
      expect(reports).to.have.lengthOf(1);
      attempts.splice(0);
      reports.splice(0);
    }
    server.close();
  });
});
