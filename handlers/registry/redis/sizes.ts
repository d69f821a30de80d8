import type { Redis } from "../../redis/redis.ts";
import type { GroupSummary } from "../registry.ts";
import type { Group } from "./group.ts";

/**
 * How large the groups are, the largest first. This is another key than those of a group, of which all cannot be in one slot of a
 * cluster: so it comes a moment behind them.
 */
export class Sizes {
  readonly #redis: Redis;
  /** The groups whose size has changed since it was told last. */
  #changed = new Map<string, Group>();

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** A group has changed: its size is told soon, for all changes up to then. */
  changed(group: Group): void {
    if (this.#changed.size === 0) setImmediate(() => void this.flush());
    this.#changed.set(group.name, group);
  }

  /** Tells the sizes that have changed. */
  async flush(): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Map();
    await Promise.all(Array.from(changed.values(), (group) => this.#tell(group).catch(() => {})));
  }

  /** @throws RedisAway, as a rejection */
  async largest(prefix: string, limit: number): Promise<GroupSummary[]> {
    const key = this.#keyOf(prefix);
    const answer = await this.#redis.command(key, "ZREVRANGE", key, "0", "-1", "WITHSCORES");
    return pairs(answer)
      .filter(({ group }) => group.startsWith(prefix))
      .slice(0, limit);
  }

  async #tell(group: Group): Promise<void> {
    const size = await group.size();
    const key = this.#keyOf(group.name);
    if (size > 0) await this.#redis.command(key, "ZADD", key, String(size), group.name);
    else await this.#redis.command(key, "ZREM", key, group.name);
  }

  /** Groups whose names begin alike, up to the first slash, are listed together. */
  #keyOf(name: string): string {
    return this.#redis.name(`registry:sizes:${name.split("/")[0]}`);
  }
}

/** Of the two forms of the answer: `[group, size, …]` and `[[group, size], …]`. */
function pairs(answer: unknown): GroupSummary[] {
  const flat = Array.isArray(answer) ? answer.flat() : [];
  return Array.from({ length: flat.length / 2 }, (_, index) => ({
    group: String(flat[2 * index]),
    size: Number(flat[2 * index + 1]),
  }));
}
