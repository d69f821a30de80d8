import { randomBytes } from "node:crypto";
import type { Redis } from "../../../redis/redis.ts";
import { tag } from "../../../redis/tag.ts";
import type { Entry, NewEntry, Range, Stretch } from "../log.ts";
import { APPEND, READ, TAIL, TRIM } from "./scripts.ts";

/** `TAG.NUMBER`: the tag is the room's own, so that an entry of another one is known for that. */
const ID = /^([0-9a-f]{12})\.([1-9]\d{0,14})$/;

/** What is left of a room that was trimmed. */
export interface Trimmed {
  /** Whether there may be more to drop. */
  readonly more: boolean;
  /** The time of the last entry; undefined if none is left. */
  readonly time: number | undefined;
}

/** The entries of one room, in a stream of Redis. */
export class RedisRoom {
  /** Where the numbers of new entries are published. */
  readonly channel: string;
  readonly #redis: Redis;
  readonly #keys: readonly [string, string, string];

  constructor(redis: Redis, room: string) {
    const base = `chat:${tag(room)}`;
    this.channel = redis.name(base);
    this.#redis = redis;
    this.#keys = [redis.name(`${base}:entries`), redis.name(`${base}:refs`), redis.name(`${base}:room`)];
  }

  async append({ nick, author, ref, text }: NewEntry, now: number): Promise<Entry> {
    const names = [
      [author, ref],
      [nick, ref, text],
    ].map((list) => JSON.stringify(list));
    const args = [...names, String(now), newTag(), this.channel];
    const [tag, number, fields] = asArray(await this.#redis.run(APPEND, this.#keys, args));
    return toEntry(String(tag), `${number}-0`, fields);
  }

  async read({ since, before, limit }: Range): Promise<Stretch> {
    const id = since ?? before;
    const [, tag = "", number = id === undefined ? "" : "0"] = ID.exec(id ?? "") ?? [];
    const mode = before === undefined ? "since" : "before";
    const answer = await this.#redis.run(READ, this.#keys, [mode, tag, number, String(limit)]);
    const [room, gap, entries] = asArray(answer);
    return { gap: gap === 1, entries: toEntries(String(room), entries) };
  }

  /** What is behind an entry; all there is, if that is none. */
  async tail(since: string | undefined, limit: number): Promise<readonly Entry[]> {
    const [, tag = "", number = "0"] = ID.exec(since ?? "") ?? [];
    const [room, entries] = asArray(await this.#redis.run(TAIL, this.#keys, [tag, number, String(limit)]));
    return toEntries(String(room), entries);
  }

  /** Drops so many entries at most. */
  async trim(maxEntries: number, from: number, limit: number): Promise<Trimmed> {
    const answer = await this.#redis.run(TRIM, this.#keys, [maxEntries, from, limit].map(String));
    const [more, time] = asArray(answer);
    return { more: more === 1, time: time === "" ? undefined : Number(time) };
  }
}

function newTag(): string {
  return randomBytes(6).toString("hex");
}

function toEntries(tag: string, entries: unknown): Entry[] {
  return asArray(entries).map((entry) => {
    const [id, fields] = asArray(entry);
    return toEntry(tag, String(id), fields);
  });
}

/** The fields are in the order in which the script adds them, each behind its name. */
function toEntry(tag: string, id: string, fields: unknown): Entry {
  const [, said, , time] = asArray(fields).map(String);
  const [nick = "", ref = "", text = ""] = asArray(JSON.parse(said ?? "")).map(String);
  return { id: `${tag}.${id.replace("-0", "")}`, nick, ref, text, time: Number(time) };
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
