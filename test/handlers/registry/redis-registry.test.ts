import { expect } from "chai";
import { openRedis, type Redis } from "../../../handlers/redis/redis.ts";
import { redisRegistry } from "../../../handlers/registry/redis-registry.ts";
import type { Registry } from "../../../handlers/registry/registry.ts";
import type { RedisServer } from "../../support/redis-server.ts";
import { rejection } from "../../support/rejection.ts";
import { SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useRedis } from "../../support/use-redis.ts";
import { describeRegistry, entryOf, Follower, untilEntered } from "./describe-registry.ts";

/** How long a process may give no sign of life, in milliseconds. */
const LEASE = 10 * SHORT;

interface End {
  readonly registry: Registry;
  readonly redis: Redis;
}

/** How soon a suite notices that Redis, or another process, is gone. */
interface Haste {
  readonly pulse?: number;
  readonly lease?: number;
}

const HASTE: Haste = { pulse: SHORT, lease: LEASE };

/**
 * Gives each of a suite's tests a Redis, and ends of a registry on it.
 *
 * @param haste as servers do by default, so that no busy machine makes what is there seem to be gone
 */
function useRedisRegistry({ pulse, lease }: Haste = {}, ...args: string[]) {
  const open: End[] = [];
  let server: RedisServer;

  afterEach(async () => {
    for (const { registry, redis } of open.splice(0)) {
      await registry.close();
      await redis.close();
    }
  });

  const startRedis = useRedis();

  beforeEach(async () => {
    server = await startRedis(...args);
  });

  async function openEnd(): Promise<End> {
    const redis = openRedis({ url: server.url, pulse }, () => {});
    const end = { redis, registry: redisRegistry(redis, { lease }) };
    open.push(end);
    await untilTrue(() => end.registry.available);
    return end;
  }

  return {
    server: () => server,
    openEnd,
    open: async () => (await openEnd()).registry,
  };
}

describeRegistry("Redis", () => useRedisRegistry());

describe("a registry in Redis", () => {
  const backend = useRedisRegistry(HASTE);

  it("takes from a process that has died what it held, and tells once", async () => {
    const [dying, one, two] = [await backend.openEnd(), await backend.open(), await backend.open()];
    entryOf(await dying.registry.enter("tea", "ann"));
    const followers = [new Follower(one, "tea"), new Follower(two, "tea")];
    await Promise.all(followers.map(({ ready }) => ready));
    // It says nothing more, as one that was killed.
    await dying.redis.close();
    await untilTrue(() => followers.every(({ held }) => held.size === 0));
    entryOf(await one.enter("tea", "bob"));
    await untilTrue(() => followers.every(({ held }) => held.has("bob")));
    for (const { story } of followers) expect(story).to.deep.equal(["-ann", "+bob"]);
    let [listed] = await one.groups("tea", 10);
    while (listed?.size !== 1) [listed] = await one.groups("tea", 10);
  });

  it("gives names back that it could not give back to a Redis that was there, and took nothing", async () => {
    const [{ registry, redis }, one] = [await backend.openEnd(), await backend.open()];
    const entry = entryOf(await registry.enter("tea", "ann"));
    const follower = new Follower(one, "tea");
    await follower.ready;
    // A replica publishes, and may not be written to.
    await redis.command("", "REPLICAOF", "127.0.0.1", "1");
    registry.leave("tea", entry);
    await rejection(registry.enter("tea", "bob"));
    await redis.command("", "REPLICAOF", "NO", "ONE");
    await untilTrue(() => follower.held.size === 0);
    expect(follower.story).to.deep.equal(["-ann"]);
  });

  it("gives a name to who asks for it when its holder has died, though nobody follows", async () => {
    const [dying, one] = [await backend.openEnd(), await backend.open()];
    entryOf(await dying.registry.enter("tea", "ann"));
    expect(await one.enter("tea", "ann")).to.equal("taken");
    await dying.redis.close();
    await untilEntered(() => one.enter("tea", "ann"));
  });

  it("lists no group for long in which there are only the dead", async () => {
    const [dying, one] = [await backend.openEnd(), await backend.open()];
    entryOf(await dying.registry.enter("tea", "ann"));
    await dying.redis.close();
    let groups = await one.groups("tea", 10);
    while (groups.length > 0) groups = await one.groups("tea", 10);
  });

  it("says that it is not available while Redis is away, and holds what it holds", async () => {
    const server = backend.server();
    const [one, two] = [await backend.open(), await backend.open()];
    let replaced = 0;
    entryOf(await one.enter("tea", "ann", { replaced: () => replaced++ }));
    const gone = entryOf(await one.enter("tea", "gone"));
    const follower = new Follower(two, "tea");
    await follower.ready;
    await server.kill();
    await untilTrue(() => !one.available && !two.available);
    for (const promise of [one.enter("tea", "bob"), one.groups("tea", 1)])
      expect(await rejection(promise)).to.have.property("code", "REGISTRY_UNAVAILABLE");
    one.leave("tea", gone);
    const late = new Follower(two, "tea");
    const other = new Follower(one, "tea");
    await server.start();
    await Promise.all([late.ready, other.ready]);
    await untilTrue(() => [follower, late, other].every(({ names }) => names.join() === "ann"));
    expect(await two.enter("tea", "ann")).to.equal("taken");
    expect(replaced).to.equal(0);
  });
});

describe("a registry in a Redis that forgets", () => {
  const backend = useRedisRegistry(HASTE, "--appendonly", "no");

  it("enters again what it holds, and what is kept", async () => {
    const server = backend.server();
    const [one, two] = [await backend.open(), await backend.open()];
    let replaced = 0;
    entryOf(await one.enter("tea", "ann", { card: "Ann", replaced: () => replaced++ }));
    entryOf(await one.enter("tea", "game", { card: "7", kept: true }));
    const follower = new Follower(two, "tea");
    await follower.ready;
    await server.kill();
    await untilTrue(() => !one.available && !two.available);
    await server.start();
    await untilTrue(() => one.available && two.available);
    entryOf(await two.enter("tea", "settled"));
    await untilTrue(() => follower.names.join() === "ann,game,settled");
    const late = new Follower(one, "tea");
    await late.ready;
    await untilTrue(() => late.names.join() === "ann,game,settled");
    const { held } = late;
    expect([held.get("ann")?.card, held.get("game")?.card]).to.deep.equal(["Ann", "7"]);
    expect(replaced).to.equal(0);
  });
});
