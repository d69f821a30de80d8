import { expect } from "chai";
import type { Bus } from "../../../handlers/bus/bus.ts";
import { format, parse } from "../../../handlers/bus/publication.ts";
import { redisBus } from "../../../handlers/bus/redis-bus.ts";
import { openRedis, type Redis } from "../../../handlers/redis/redis.ts";
import { asNodes } from "../../support/redis-modes.ts";
import { freePort, type RedisServer } from "../../support/redis-server.ts";
import { SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { untilLinked } from "../../support/until-linked.ts";
import { useDirectory } from "../../support/use-directory.ts";
import { useRedis } from "../../support/use-redis.ts";
import { describeBus } from "./describe-bus.ts";

/**
 * Gives each of a suite's tests a Redis, and ends of a bus on it.
 *
 * @param pulse how soon it is noticed that Redis is away, in milliseconds. Default: as soon as a server does, so that no busy machine
 *   makes a Redis that is there seem to be away: what is published then is lost
 */
function useRedisBus({ cluster = false, pulse }: { cluster?: boolean; pulse?: number } = {}) {
  const open: { readonly bus: Bus; readonly redis: Redis }[] = [];
  let server: RedisServer;

  afterEach(async () => {
    for (const { bus, redis } of open.splice(0)) {
      await bus.close();
      await redis.close();
    }
  });

  const startRedis = useRedis();
  const directory = useDirectory();

  beforeEach(async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    const nodes = cluster ? await asNodes(directory(), ports) : [[]];
    const servers = await Promise.all(nodes.map((args) => startRedis(...args)));
    if (cluster) await untilLinked(servers.map(({ url }) => url));
    if (servers[0]) server = servers[0];
  });

  return {
    server: () => server,
    async open(prefix?: string) {
      const redis = openRedis({ url: server.url, cluster, prefix, pulse }, () => {});
      const bus = redisBus(redis);
      open.push({ bus, redis });
      await untilTrue(() => bus.available);
      return bus;
    },
  };
}

describeBus("Redis", () => useRedisBus());
describeBus("a Redis Cluster", () => useRedisBus({ cluster: true }));

describe("a bus over Redis", () => {
  const backend = useRedisBus({ pulse: SHORT });

  it("goes on when its Redis has been away, and tells what may have been missed", async () => {
    const server = backend.server();
    const [one, two] = [await backend.open(), await backend.open()];
    const heard: string[] = [];
    const changes: boolean[] = [];
    const listener = { hear: (message: string) => heard.push(message), missed: () => heard.push("missed") };
    await two.subscribe("tea", listener).ready;
    one.onAvailability((available) => changes.push(available));
    await server.kill();
    await untilTrue(() => !one.available && !two.available);
    one.publish("tea", "lost");
    const late = two.subscribe("late", { hear: (message) => heard.push(message) });
    two.subscribe("ended", listener).end();
    await server.start();
    await untilTrue(() => one.available && two.available);
    await late.ready;
    one.publish("tea", "hello");
    one.publish("late", "hello, too");
    await untilTrue(() => heard.length === 3);
    expect(heard).to.deep.equal(["missed", "hello", "hello, too"]);
    expect(changes).to.deep.equal([false, true]);
  });

  it("sends what is published in one turn together", async () => {
    const [one, two] = [await backend.open(), await backend.open("other:")];
    const heard: string[] = [];
    const spy = openRedis({ url: backend.server().url, pulse: SHORT }, () => {});
    await spy.subscribe("c10k:bus:tea", { hear: (message) => heard.push(message), missed() {} }).ready;
    await two.subscribe("tea", { hear: () => expect.fail() }).ready;
    for (let n = 0; n < 5; n++) one.publish("tea", `${n}`);
    await untilTrue(() => heard.length > 0);
    await spy.close();
    expect(heard).to.have.lengthOf(1);
    expect(parse(heard[0] ?? "")?.messages).to.deep.equal(["0", "1", "2", "3", "4"]);
  });

  /** Publishes on the bus's channel by no bus; gives what is heard of it, and of the bus then. */
  async function hearOf(...texts: string[]): Promise<string[]> {
    const [one, two] = [await backend.open(), await backend.open()];
    const heard: string[] = [];
    const listener = { hear: (message: string) => heard.push(message), missed: () => heard.push("missed") };
    await two.subscribe("tea", listener).ready;
    const other = openRedis({ url: backend.server().url, pulse: SHORT }, () => {});
    await untilTrue(() => other.available);
    for (const text of texts) other.publish("c10k:bus:tea", text);
    await other.close();
    one.publish("tea", "hello");
    await untilTrue(() => heard.includes("hello"));
    expect(two.available).to.equal(true);
    return heard;
  }

  it("leaves alone what no bus has published", async () => {
    const others = ["", "hello", "{", "null", "{}", "[]", '["a"]', '["a","b"]', '["a",1,2]', '[1,2,"a"]'];
    expect(await hearOf(...others)).to.deep.equal(["hello"]);
  });

  it("does not hear what comes only after what was published later", async () => {
    const publications = [1, 3, 2, 3, 4].map((count) => ({ publisher: "a", count, messages: [`${count}`] }));
    expect(await hearOf(...publications.map(format))).to.deep.equal(["1", "3", "4", "hello"]);
  });
});
