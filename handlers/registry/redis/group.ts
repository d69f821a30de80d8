import type { Redis } from "../../redis/redis.ts";
import { tag } from "../../redis/tag.ts";
import { formatRecord, parseRecord, type Record } from "./record.ts";
import { ENTER, LEAVE, READ } from "./scripts.ts";

/** For how many milliseconds a group is remembered in which nothing happens: a day. */
const LIFETIME = String(24 * 3600 * 1000);

/** How a name is entered, besides what its record says. */
export interface Attempt {
  readonly limit?: number | undefined;
  /** The id of a holder that is dead: it may be replaced. */
  readonly dead?: string | undefined;
  /** Whether the name has to be free. */
  readonly absent?: boolean;
}

/** All that is in a group. */
export interface Contents {
  /** How many changes there were. */
  readonly number: number;
  readonly records: readonly Record[];
}

/** One group in Redis. */
export class Group {
  readonly name: string;
  /** Where its changes are published. */
  readonly channel: string;
  readonly #redis: Redis;
  readonly #keys: readonly [string, string];

  constructor(redis: Redis, name: string) {
    const base = `registry:${tag(name)}`;
    this.name = name;
    this.channel = redis.name(base);
    this.#redis = redis;
    this.#keys = [redis.name(`${base}:names`), redis.name(`${base}:counts`)];
  }

  /** @returns who holds it; undefined if that is now the one who was to enter */
  async enter(
    record: Record,
    { limit, dead = "", absent = false }: Attempt = {},
  ): Promise<Record | "full" | undefined> {
    const { entry, secret = "" } = record;
    const answer = await this.#redis.run(ENTER, this.#keys, [
      this.channel,
      processChannel(this.#redis, ""),
      LIFETIME,
      entry.name,
      formatRecord(record),
      entry.id,
      secret,
      limit === undefined ? "" : String(limit),
      dead,
      absent ? "1" : "0",
    ]);
    if (answer === "entered") return undefined;
    return answer === "full" ? "full" : parseRecord(String(answer));
  }

  async leave({ name, id }: { readonly name: string; readonly id: string }): Promise<void> {
    await this.#redis.run(LEAVE, this.#keys, [this.channel, LIFETIME, name, id]);
  }

  async read(): Promise<Contents> {
    const answer = await this.#redis.run(READ, this.#keys, []);
    const [number, ...records] = Array.isArray(answer) ? answer.map(String) : [];
    return { number: Number(number), records: records.map(parseRecord) };
  }

  /** How many entries are not kept ones. */
  async size(): Promise<number> {
    const [, counts] = this.#keys;
    return Number(await this.#redis.command(counts, "HGET", counts, "size"));
  }
}

/** Where a process is told that it has been replaced. */
export function processChannel(redis: Redis, process: string): string {
  return redis.name(`registry:process:${process}`);
}
