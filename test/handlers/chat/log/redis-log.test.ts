import { expect } from "chai";
import { type Entry, type Log, LogUnavailable } from "../../../../handlers/chat/log/log.ts";
import { redisLog } from "../../../../handlers/chat/log/redis-log.ts";
import { openRedis, type Redis } from "../../../../handlers/redis/redis.ts";
import type { RedisServer } from "../../../support/redis-server.ts";
import { rejection } from "../../../support/rejection.ts";
import { SHORT } from "../../../support/timeouts.ts";
import { untilTrue } from "../../../support/until.ts";
import { useRedis } from "../../../support/use-redis.ts";
import { describeLog } from "./describe-log.ts";
import { say, texts } from "./use-log.ts";

describe("redisLog", () => {
  const open: { readonly log: Log; readonly redis: Redis }[] = [];

  afterEach(async () => {
    for (const { log, redis } of open.splice(0)) {
      await log.close();
      await redis.close();
    }
  });

  // Without a Redis all of this is skipped.
  const startRedis = useRedis();

  async function connect({ url }: RedisServer): Promise<Log> {
    const redis = openRedis({ url, pulse: SHORT }, () => {});
    const log = redisLog(redis);
    open.push({ log, redis });
    await untilTrue(() => redis.available);
    return log;
  }

  /** Follows a room from its beginning; gives what is heard. */
  function follow(log: Log): Entry[] {
    const heard: Entry[] = [];
    log.follow("room", undefined, (entries) => heard.push(...entries));
    return heard;
  }

  describeLog("Redis", new URL("redis-backend.ts", import.meta.url));

  it("hears by itself what other processes append", async () => {
    const server = await startRedis();
    const [one, two] = await Promise.all([connect(server), connect(server)]);
    const heard = [follow(one), follow(two)];
    await Promise.all(Array.from({ length: 100 }, (_, n) => say(n % 2 ? one : two, "room", `${n}`)));
    await untilTrue(() => heard.every(({ length }) => length === 100));
    expect(heard[0]).to.deep.equal(heard[1]);
  });

  it("refuses while Redis is away, has all that it acknowledged when that is back, and goes on by itself", async () => {
    const server = await startRedis();
    const [one, two] = await Promise.all([connect(server), connect(server)]);
    const heard = follow(two);
    const acknowledged: Entry[] = [];
    let refused = 0;
    async function write(author: string): Promise<void> {
      for (let n = 0; refused < 40; n++) {
        const entry = await say(one, "room", `${n}`, author).catch((error: unknown) => {
          expect(error).to.be.instanceOf(LogUnavailable);
          refused += 1;
        });
        if (entry) acknowledged.push(entry);
      }
    }
    const writing = Promise.all(["ann", "bob"].map(write));
    await untilTrue(() => acknowledged.length > 50);
    await server.kill();
    await writing;
    expect(await rejection(two.read("room", { limit: 1 }))).to.be.instanceOf(LogUnavailable);
    expect(await rejection(two.latestRooms(1))).to.be.instanceOf(LogUnavailable);
    const late = follow(one);

    await server.start();
    const again = acknowledged.at(-1);
    await untilTrue(() => open.every(({ redis }) => redis.available));
    const last = await say(one, "room", "back");
    await untilTrue(() => [heard, late].every((entries) => entries.at(-1)?.id === last.id));
    const { entries } = await one.read("room", { limit: 10_000 });
    expect(entries).to.include.deep.members(acknowledged);
    for (const some of [heard, late]) expect(some).to.deep.equal(entries);
    expect(texts(entries).at(-1)).to.equal("back");
    const repeated = await say(two, "room", again?.text ?? "", again?.nick);
    expect(repeated).to.deep.equal(again);
  });

  it("works in a cluster", async () => {
    const server = await startRedis("--cluster-enabled", "yes");
    const single = openRedis({ url: server.url, pulse: SHORT }, () => {});
    await untilTrue(() => single.available);
    await single.command("", "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    while (!String(await single.command("", "CLUSTER", "INFO")).includes("cluster_state:ok"));
    await single.close();
    const redis = openRedis({ url: server.url, cluster: true, pulse: SHORT }, () => {});
    const log = redisLog(redis);
    open.push({ log, redis });
    await untilTrue(() => redis.available);
    const heard = follow(log);
    const entry = await say(log, "room", "hello");
    expect(await say(log, "room", "hello")).to.deep.equal(entry);
    await untilTrue(() => heard.length === 1);
    expect(await log.latestRooms(9)).to.deep.equal([{ room: "room", time: entry.time }]);
  });
});
