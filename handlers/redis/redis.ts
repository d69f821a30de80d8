import { createHash, randomUUID } from "node:crypto";
import { ErrorReply } from "@redis/client";
import { type ChannelListener, Channels } from "./channels.ts";
import { type Address, redisClient } from "./client.ts";
import { Pulse } from "./pulse.ts";

/** Options of {@link openRedis}. */
export interface RedisOptions extends Address {
  /** What all keys and channels begin with. Default: `c10k:`. */
  readonly prefix?: string | undefined;
  /** How often it is looked whether Redis is there, in milliseconds. Default: 1000. */
  readonly pulse?: number | undefined;
}

/** With what Redis answers that is there, and cannot do anything at the moment: it starts, or a cluster finds a new master. */
const NOT_NOW = /^(LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|READONLY)\b/;

/** A script for Redis, in Lua. */
export interface Script {
  readonly source: string;
  /** By which Redis knows it. */
  readonly sha: string;
}

/** Redis cannot be reached, or does not answer. What was asked for may have been done all the same. */
export class RedisAway extends Error {
  readonly code = "REDIS_AWAY";
}

/** One process's connection to Redis, or Valkey. It is there from the beginning, whether Redis is or not. */
export interface Redis {
  /** Whether Redis can be reached, as far as is known. */
  readonly available: boolean;
  /** Calls the listener whenever that changes. @returns stops it */
  onAvailability(listener: (available: boolean) => void): () => void;
  /** The full name of a key or channel: with the prefix. */
  name(name: string): string;
  /**
   * Asks for something, with full names.
   *
   * @param key tells a cluster which node is meant
   * @throws RedisAway, as a rejection, and what Redis itself says is wrong
   */
  command(key: string, ...args: string[]): Promise<unknown>;
  /** Runs a script. All keys have to be in one slot of a cluster. @throws as {@link Redis.command} */
  run(script: Script, keys: readonly [string, ...string[]], args: readonly string[]): Promise<unknown>;
  /** Publishes on a channel, given in full. While Redis is away that is lost. */
  publish(channel: string, message: string): void;
  /** Lets somebody hear a channel, given in full. */
  subscribe(channel: string, listener: ChannelListener): { readonly ready: Promise<void>; end(): void };
  /** Ends all; what was asked for before is sent, and answered if Redis is there. */
  close(): Promise<void>;
}

/**
 * Connects to Redis, now or when it is there.
 *
 * @param report told when it has gone and when it is back, a line each
 */
export function openRedis(
  { url, cluster, prefix = "c10k:", pulse: interval = 1000 }: RedisOptions,
  report: (line: string) => void,
): Redis {
  const client = redisClient({ url, cluster, interval });
  const channels = new Channels(client);
  const listeners = new Set<(available: boolean) => void>();
  const waiting = new Set<(error: RedisAway) => void>();
  const own = `${prefix}pulse:${randomUUID()}`;
  const pulse = new Pulse({
    beat: (count) => client.publish(own, String(count)),
    changed,
    interval,
  });
  /** The scripts that Redis knows, as far as is known. */
  const loaded = new Set<string>();
  let wasAway = false;
  let closing: Promise<void> | undefined;
  let cause = "not connected yet";

  client.onTrouble((error) => {
    loaded.clear();
    pulse.failed(messageOf(error));
  });
  client.onReady(() => {
    channels.retry();
    pulse.beat();
  });
  channels
    .add(own, { hear: (message) => pulse.heard(Number(message)), missed() {} })
    .then(() => pulse.beat());
  client.connect().catch((error: unknown) => pulse.failed(messageOf(error)));

  function changed(available: boolean, why: string): void {
    if (!available) {
      cause = why;
      for (const reject of waiting) reject(new RedisAway(`Redis is away: ${cause}`));
      waiting.clear();
      report(`Redis is away: ${cause}`);
    } else if (wasAway) {
      channels.retry();
      channels.missed();
      report("Redis is back");
    }
    wasAway = !available;
    for (const listener of listeners) listener(available);
  }

  /** The answer, or a rejection as soon as Redis is known to be away: a connection that hangs does not say so itself. */
  function answerOf<T>(ask: () => Promise<T>): Promise<T> {
    if (!pulse.available) return Promise.reject(new RedisAway(`Redis is away: ${cause}`));
    return new Promise((resolve, reject) => {
      waiting.add(reject);
      ask()
        .then(resolve, (error: unknown) => reject(isRefusal(error) ? error : away(error)))
        .finally(() => waiting.delete(reject));
    });
  }

  function command(key: string, ...args: string[]): Promise<unknown> {
    return answerOf(() => client.command(key, args));
  }

  async function run(
    { sha, source }: Script,
    keys: readonly [string, ...string[]],
    args: readonly string[],
  ): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args];
    if (!loaded.has(sha)) {
      // What is asked for behind this finds the script, and stays behind it.
      if (pulse.available) loaded.add(sha);
      return command(keys[0], "EVAL", source, ...rest);
    }
    try {
      return await command(keys[0], "EVALSHA", sha, ...rest);
    } catch (error) {
      // Another node of a cluster, or somebody has flushed the scripts.
      if (!messageOf(error).startsWith("NOSCRIPT")) throw error;
      return command(keys[0], "EVAL", source, ...rest);
    }
  }

  async function close(): Promise<void> {
    // What was asked for before this is answered before it.
    if (pulse.available) await command(own, "PING").catch(() => {});
    pulse.stop();
    channels.clear();
    client.destroy();
  }

  return {
    get available() {
      return pulse.available;
    },
    onAvailability(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    name: (name) => prefix + name,
    command,
    run,
    publish(channel, message) {
      // It would be heard much later otherwise, where a connection has stalled.
      if (pulse.available) client.publish(channel, message).catch(() => {});
    },
    subscribe(channel, listener) {
      return { ready: channels.add(channel, listener), end: () => channels.delete(channel, listener) };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Makes a script that can be run. */
export function script(source: string): Script {
  return { source, sha: createHash("sha1").update(source).digest("hex") };
}

function away(error: unknown): RedisAway {
  return new RedisAway(`Redis is away: ${messageOf(error)}`, { cause: error });
}

/** Whether Redis itself says what is wrong with a command. */
function isRefusal(error: unknown): boolean {
  return error instanceof ErrorReply && !NOT_NOW.test(error.message);
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
