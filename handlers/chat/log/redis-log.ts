import { randomUUID } from "node:crypto";
import type { Redis } from "../../redis/redis.ts";
import { checkLimit, checkRange } from "./check-range.ts";
import { type Log, LogUnavailable } from "./log.ts";
import { RedisFollower } from "./redis/follower.ts";
import { RedisRoom } from "./redis/room.ts";
import { type RetentionOptions, retention } from "./retention.ts";
import { Trimmer } from "./trimmer.ts";

/** How many entries of a room are dropped at a time. */
const TRIM_CHUNK = 500;

/**
 * Makes the log that Redis keeps, in a stream for each room. What an `ack` is worth is what Redis is told to do for it:
 * `appendonly yes` with `appendfsync always` makes what is appended outlive Redis itself.
 *
 * @param redis is the caller's to close, after this
 * @throws TypeError for an option that is none
 */
export function redisLog(redis: Redis, options: RetentionOptions = {}): Log {
  const { maxEntries, maxAge, trimInterval, now } = retention(options);
  const id = randomUUID();
  const rooms = redis.name("chat:rooms");
  const trimming = redis.name("chat:trimming");
  /** The rooms that are in the list, or about to be. */
  const listed = new Map<string, Promise<unknown>>();
  const followers = new Map<string, Set<RedisFollower>>();
  const pending = new Set<Promise<unknown>>();
  const trimmer = new Trimmer(trim, trimInterval);
  let closing: Promise<void> | undefined;

  /** What Redis answers; whatever goes wrong, it is not available. */
  async function ask<T>(question: () => Promise<T>): Promise<T> {
    if (closing) throw new LogUnavailable("The log is closed");
    const answer = question();
    pending.add(answer);
    try {
      return await answer;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new LogUnavailable(`The log is not available: ${why}`, { cause: error });
    } finally {
      pending.delete(answer);
    }
  }

  /** A room is in the list before its first entry is kept: what is not there is never trimmed. */
  function enlist(room: string): Promise<unknown> {
    const known = listed.get(room);
    if (known) return known;
    const listing = redis.command(rooms, "ZADD", rooms, "NX", "0", JSON.stringify(room));
    listed.set(room, listing);
    listing.catch(() => listed.delete(room));
    return listing;
  }

  /** Trims some of each room, for all processes; gives whether there may be more. */
  async function trim(): Promise<boolean> {
    if (!(await isMineToTrim())) return false;
    const names = await redis.command(rooms, "ZRANGE", rooms, "0", "-1");
    let more = false;
    for (const name of Array.isArray(names) ? names.map(String) : []) more = (await trimRoom(name)) || more;
    return more;
  }

  async function trimRoom(name: string): Promise<boolean> {
    const room = String(JSON.parse(name));
    const { more, time } = await new RedisRoom(redis, room).trim(maxEntries, now() - maxAge, TRIM_CHUNK);
    // One that has nothing left stays in the list, last of all: something may be said there at this moment. The next time puts right
    // what this puts wrong then.
    const score = time === undefined ? ["0"] : ["GT", String(time)];
    await redis.command(rooms, "ZADD", rooms, ...score, name);
    return more;
  }

  /** One process at a time is enough. */
  async function isMineToTrim(): Promise<boolean> {
    const taken = await redis.command(trimming, "SET", trimming, id, "NX", "PX", String(trimInterval));
    return taken !== null || (await redis.command(trimming, "GET", trimming)) === id;
  }

  function add(room: string, follower: RedisFollower): () => void {
    const others = followers.get(room) ?? new Set();
    followers.set(room, others.add(follower));
    return function stop() {
      follower.stop();
      others.delete(follower);
      if (others.size === 0 && followers.get(room) === others) followers.delete(room);
    };
  }

  async function close(): Promise<void> {
    for (const some of followers.values()) for (const follower of some) follower.stop();
    await Promise.allSettled([...pending, trimmer.stop()]);
  }

  return {
    append(room, entry) {
      return ask(async () => {
        await enlist(room);
        const appended = await new RedisRoom(redis, room).append(entry, now());
        // Nobody waits for that: trimming sees to it, too.
        redis
          .command(rooms, "ZADD", rooms, "GT", String(appended.time), JSON.stringify(room))
          .catch(() => {});
        return appended;
      });
    },

    async read(room, range) {
      checkRange(range);
      return ask(() => new RedisRoom(redis, room).read(range));
    },

    follow(room, since, listener) {
      if (closing) return () => {};
      return add(room, new RedisFollower(redis, new RedisRoom(redis, room), since, listener));
    },

    look(room) {
      for (const follower of followers.get(room) ?? []) follower.look();
    },

    async latestRooms(limit) {
      checkLimit(limit);
      return ask(async () => {
        const range = ["+inf", "(0", "BYSCORE", "REV", "LIMIT", "0", String(limit), "WITHSCORES"];
        const answer = await redis.command(rooms, "ZRANGE", rooms, ...range);
        const flat = Array.isArray(answer) ? answer.flat() : [];
        return Array.from({ length: flat.length / 2 }, (_, index) => ({
          room: String(JSON.parse(String(flat[2 * index]))),
          time: Number(flat[2 * index + 1]),
        }));
      });
    },

    close() {
      closing ??= close();
      return closing;
    },
  };
}
