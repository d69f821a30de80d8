import { setTimeout as sleep } from "node:timers/promises";
import { createClient, createCluster } from "@redis/client";

/** How to reach Redis or Valkey. */
export interface Address {
  /** `redis://` or, with TLS, `rediss://`, with user and password where need be: `rediss://:PASSWORD@HOST:PORT`. */
  readonly url: string;
  /** Whether it is a Redis Cluster; the URL is one of its nodes then. Default: false. */
  readonly cluster?: boolean | undefined;
}

/** Hears a message; it is text. */
export type Hear = (message: string | Buffer) => void;

/** What is common to one Redis and a cluster. All promises reject while it is away. */
export interface Client {
  /** Connects, and goes on trying until it is destroyed. */
  connect(): Promise<void>;
  /** @param key tells a cluster which node is meant */
  command(key: string, args: string[]): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: Hear): Promise<unknown>;
  unsubscribe(channel: string, listener: Hear): Promise<unknown>;
  /** Calls back whenever a connection fails, with what is known of it. */
  onTrouble(listener: (error: unknown) => void): void;
  /** Calls back whenever a connection is there (again). */
  onReady(listener: () => void): void;
  destroy(): void;
}

/** From one attempt to connect to a cluster to the next: up to so many milliseconds. */
const RETRY = 2_000;

/** Makes a client, which is not connected yet. */
export function redisClient({ url, cluster = false }: Address): Client {
  return cluster ? clusterClient(url) : singleClient(url);
}

function singleClient(url: string): Client {
  // Whoever asks while it is away is to be told so, and not to wait. It connects again by itself, later and later, with jitter.
  const client = createClient({ url, disableOfflineQueue: true });
  return {
    connect: async () => {
      await client.connect();
    },
    command: (_key, args) => client.sendCommand(args),
    publish: (channel, message) => client.publish(channel, message),
    subscribe: (channel, listener) => client.subscribe(channel, listener),
    unsubscribe: (channel, listener) => client.unsubscribe(channel, listener),
    onTrouble: (listener) => void client.on("error", listener),
    onReady: (listener) => void client.on("ready", listener),
    destroy: () => client.destroy(),
  };
}

function clusterClient(url: string): Client {
  const { username, password, protocol } = new URL(url);
  const client = createCluster({
    rootNodes: [{ url }],
    defaults: {
      disableOfflineQueue: true,
      ...(username !== "" && { username: decodeURIComponent(username) }),
      ...(password !== "" && { password: decodeURIComponent(password) }),
      ...(protocol === "rediss:" && { socket: { tls: true } }),
    },
  });
  let destroyed = false;
  return {
    async connect() {
      while (!destroyed && !client.isOpen) {
        await client.connect().catch(() => sleep(RETRY * (0.5 + Math.random() / 2)));
      }
    },
    command: (key, args) => client.sendCommand(key, false, args),
    publish: (channel, message) => client.publish(channel, message),
    subscribe: (channel, listener) => client.subscribe(channel, listener),
    unsubscribe: (channel, listener) => client.unsubscribe(channel, listener),
    onTrouble: (listener) => void client.on("error", listener).on("node-error", listener),
    onReady: (listener) => void client.on("node-ready", listener).on("connect", listener),
    destroy() {
      destroyed = true;
      client.destroy();
    },
  };
}
