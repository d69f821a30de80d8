import type { Redis } from "../redis/redis.ts";
import { Holdings } from "./holdings.ts";
import { Followed } from "./redis/followed.ts";
import { Group, processChannel } from "./redis/group.ts";
import { deadOf, Lease } from "./redis/lease.ts";
import { parseRecord, type Record } from "./redis/record.ts";
import { Sizes } from "./redis/sizes.ts";
import {
  type EnterOptions,
  type Entry,
  type Outcome,
  type Registry,
  RegistryUnavailable,
} from "./registry.ts";

/** Options of {@link redisRegistry}. */
export interface RedisRegistryOptions {
  /** After how many milliseconds without a sign of it a process counts as dead. Default: 10,000. */
  readonly lease?: number | undefined;
}

/** One name that this process holds. */
interface Held {
  readonly group: Group;
  readonly record: Record;
  /** Whether Redis has said so. */
  isSure?: boolean;
}

/**
 * Makes the registry of processes on any machines, in Redis.
 *
 * @param redis is the caller's to close, after this
 */
export function redisRegistry(redis: Redis, options: RedisRegistryOptions = {}): Registry {
  return new RedisRegistry(redis, options);
}

class RedisRegistry implements Registry {
  readonly #redis: Redis;
  readonly #holdings = new Holdings();
  readonly #lease: Lease;
  readonly #sizes: Sizes;
  readonly #followed = new Map<string, Followed>();
  /** What this process holds, by the ids of the entries. */
  readonly #held = new Map<string, Held>();
  /** What is still to be given back, as soon as Redis is there. */
  readonly #owed = new Map<string, Held>();
  /** Whether something could not be done, and is to be done again. */
  #isBehind = false;
  /** Groups that somebody has asked about, and that may have none but the dead in them. */
  #listed = new Map<string, Group>();
  readonly #own: ReturnType<Redis["subscribe"]>;
  readonly #stopWatching: () => void;
  readonly #sweeping: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  constructor(redis: Redis, { lease = 10_000 }: RedisRegistryOptions) {
    const { id } = this.#holdings;
    this.#redis = redis;
    this.#sizes = new Sizes(redis);
    this.#lease = new Lease(redis, id, lease, () => void this.#restore());
    this.#sweeping = setInterval(() => void this.#sweep().catch(() => {}), lease / 3).unref();
    const hear = (text: string) => this.#lose(parseRecord(text).entry);
    this.#own = redis.subscribe(processChannel(redis, id), { hear, missed() {} });
    this.#stopWatching = redis.onAvailability((available) => available && void this.#restore());
    if (redis.available) void this.#restore();
  }

  get available(): boolean {
    return !this.#closing && this.#redis.available;
  }

  async enter(groupName: string, name: string, options: EnterOptions = {}): Promise<Outcome> {
    this.#checkOpen();
    const group = new Group(this.#redis, groupName);
    const { entry, terms } = this.#holdings.prepare(name, options);
    const { secret, limit, kept } = terms;
    const record = { entry, process: kept ? undefined : this.#holdings.id, secret };
    const held: Held = { group, record };
    if (!kept) this.#held.set(entry.id, held);
    try {
      if (!this.#lease.held) await this.#lease.renew();
      const holder = await this.#enter(held, limit);
      held.isSure = true;
      if (holder === undefined) return entry;
      this.#forget(entry);
      return holder === "full" ? "full" : "taken";
    } catch (error) {
      // It may have been entered all the same.
      this.#giveBack(held);
      throw new RegistryUnavailable("The registry is not available", { cause: error });
    }
  }

  leave(groupName: string, entry: Entry): void {
    if (this.#closing) return;
    const record = { entry, process: this.#holdings.id, secret: undefined };
    this.#giveBack(this.#held.get(entry.id) ?? { group: new Group(this.#redis, groupName), record });
  }

  follow(groupName: string, listener: Parameters<Registry["follow"]>[1]) {
    if (this.#closing) return { ready: new Promise<void>(() => {}), end() {} };
    const followed =
      this.#followed.get(groupName) ?? new Followed(this.#redis, new Group(this.#redis, groupName));
    this.#followed.set(groupName, followed);
    const own = (change: Parameters<typeof listener>[0]) => listener(change);
    followed.add(own);
    const end = () => {
      if (!followed.listeners.delete(own) || followed.listeners.size > 0) return;
      followed.end();
      this.#followed.delete(groupName);
    };
    return { ready: followed.ready, end };
  }

  async groups(prefix: string, limit: number) {
    this.#checkOpen();
    try {
      const groups = await this.#sizes.largest(prefix, limit);
      for (const { group } of groups) this.#listed.set(group, new Group(this.#redis, group));
      return groups;
    } catch (error) {
      throw new RegistryUnavailable("The registry is not available", { cause: error });
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#sweeping);
    this.#stopWatching();
    this.#own.end();
    for (const followed of this.#followed.values()) followed.end();
    this.#followed.clear();
    for (const held of [...this.#held.values()]) this.#owe(held);
    await this.#payAll().catch(() => {});
    await this.#sizes.flush();
    await this.#lease.end();
  }

  /** Enters a name; one whose holder is dead is taken from it. */
  async #enter({ group, record }: Held, limit?: number): Promise<Record | "full" | undefined> {
    let holder = await group.enter(record, { limit });
    while (holder !== undefined && holder !== "full" && (await this.#isDead(holder)))
      holder = await group.enter(record, { limit, dead: holder.entry.id });
    if (holder === undefined) this.#sizes.changed(group);
    return holder;
  }

  async #isDead({ process }: Record): Promise<boolean> {
    return process !== undefined && (await deadOf(this.#redis, [process])).has(process);
  }

  #giveBack(held: Held): void {
    this.#owe(held);
    this.#pay(held).catch(() => {
      this.#isBehind = true;
    });
  }

  #owe(held: Held): void {
    const { entry } = held.record;
    this.#forget(entry);
    this.#owed.set(entry.id, held);
  }

  /** @throws RedisAway, as a rejection: then it is done when Redis is back */
  async #pay({ group, record }: Held): Promise<void> {
    await group.leave(record.entry);
    this.#owed.delete(record.entry.id);
    this.#sizes.changed(group);
  }

  async #payAll(): Promise<void> {
    await Promise.all(Array.from(this.#owed.values(), (held) => this.#pay(held)));
  }

  /** Redis is there again, and may have forgotten everything; or others have taken this process for dead. */
  async #restore(): Promise<void> {
    this.#isBehind = false;
    try {
      await this.#lease.renew();
      await this.#payAll();
      const held = [...this.#held.values()].filter(({ isSure }) => isSure);
      await Promise.all(held.map((one) => this.#enterAgain(one)));
      await Promise.all(Array.from(this.#followed.values(), (followed) => this.#keepAgain(followed)));
      for (const followed of this.#followed.values()) void followed.read();
    } catch {
      // Redis has gone again, and all of this is done when it is back; or it is there, and takes nothing at the moment.
      this.#isBehind = true;
    }
  }

  async #enterAgain(held: Held): Promise<void> {
    const { entry } = held.record;
    const holder = await this.#enter(held);
    if (holder !== undefined) this.#lose(entry);
    else if (!this.#held.has(entry.id) && !this.#owed.has(entry.id)) this.#giveBack(held);
  }

  async #keepAgain({ group, kept }: Followed): Promise<void> {
    for (const record of [...kept]) await group.enter(record, { absent: true });
  }

  /** Takes from the dead what they hold in the groups that are followed here, or that were listed. */
  async #sweep(): Promise<void> {
    if (this.#isBehind && this.#redis.available) await this.#restore();
    const listed = [...this.#listed.values()].filter(({ name }) => !this.#followed.has(name));
    this.#listed = new Map();
    for (const { group, records } of this.#followed.values()) await this.#bury(group, [...records]);
    for (const group of listed) await this.#bury(group, (await group.read()).records);
  }

  async #bury(group: Group, records: readonly Record[]): Promise<void> {
    const dead = await deadOf(
      this.#redis,
      records.flatMap(({ process }) => process ?? []),
    );
    for (const { entry, process } of records) {
      if (process === undefined || !dead.has(process)) continue;
      await group.leave(entry);
      this.#sizes.changed(group);
    }
  }

  #lose(entry: Entry): void {
    if (this.#held.delete(entry.id)) this.#holdings.lose(entry);
  }

  #forget(entry: Entry): void {
    this.#held.delete(entry.id);
    this.#holdings.forget(entry);
  }

  #checkOpen(): void {
    if (this.#closing) throw new RegistryUnavailable("The registry is closed");
  }
}
