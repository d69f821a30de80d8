import { setTimeout as sleep } from "node:timers/promises";
import { createClient, createCluster } from "@redis/client";

/** How to reach Redis or Valkey. */
export interface Address {
  /** `redis://` or, with TLS, `rediss://`, with user and password where need be: `rediss://:PASSWORD@HOST:PORT`. */
  readonly url: string;
  /** Whether it is a Redis Cluster; the URL is one of its nodes then. Default: false. */
  readonly cluster?: boolean | undefined;
}

/** How {@link redisClient} connects. */
export interface ClientOptions extends Address {
  /** How often a connection on which nothing is said is tried, in milliseconds. */
  readonly interval: number;
}

/** Hears a message, and on which channel; both are text. */
export type Hear = (message: string | Buffer, channel: string | Buffer) => void;

/** What is common to one Redis and a cluster. All promises reject while it is away. */
export interface Client {
  /** Connects, and goes on trying until it is destroyed. */
  connect(): Promise<void>;
  /** @param key tells a cluster which node is meant */
  command(key: string, args: string[]): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  /** Publishes as soon as each node has answered; rejects where one cannot be reached. */
  publishByAll(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: Hear): Promise<unknown>;
  unsubscribe(channel: string, listener: Hear): Promise<unknown>;
  /** Calls back whenever a connection fails, with what is known of it. */
  onTrouble(listener: (error: unknown) => void): void;
  /** Calls back whenever a connection is there (again). */
  onReady(listener: () => void): void;
  destroy(): void;
}

/** A connection has stalled that does not answer for so many intervals: it is made anew. */
const PATIENCE = 5;

/** Makes a client, which is not connected yet. */
export function redisClient(options: ClientOptions): Client {
  return options.cluster ? clusterClient(options) : singleClient(options);
}

/** What is common to all connections. */
function connectionOptions({ url, interval }: ClientOptions) {
  return {
    // Whoever asks while it is away is to be told so, and not to wait.
    disableOfflineQueue: true,
    pingInterval: interval,
    socket: {
      socketTimeout: PATIENCE * interval,
      reconnectStrategy: retryDelay,
      ...(new URL(url).protocol === "rediss:" && { tls: true as const }),
    },
  };
}

/** How long to wait after so many attempts that failed, in milliseconds: later and later, with jitter. */
function retryDelay(failures: number): number {
  return Math.min(50 * 2 ** failures, 2_000) * (0.5 + Math.random() / 2);
}

function singleClient(options: ClientOptions): Client {
  const client = createClient({ url: options.url, ...connectionOptions(options) });
  return {
    connect: async () => {
      await client.connect();
    },
    command: (_key, args) => client.sendCommand(args),
    publish: (channel, message) => client.publish(channel, message),
    async publishByAll(channel, message) {
      // Redis publishes while it reads what it had kept, and does nothing else until it has.
      await client.ping();
      return client.publish(channel, message);
    },
    subscribe: (channel, listener) => client.subscribe(channel, listener),
    unsubscribe: (channel, listener) => client.unsubscribe(channel, listener),
    onTrouble: (listener) => void client.on("error", listener),
    onReady: (listener) => void client.on("ready", listener),
    destroy: () => client.destroy(),
  };
}

function clusterClient(options: ClientOptions): Client {
  const { username, password } = new URL(options.url);
  const client = createCluster({
    rootNodes: [{ url: options.url }],
    // A node that has gone may have been replaced: it is asked for as soon as it makes sense.
    topologyRefreshOnReconnectionAttemptStrategy: Math.ceil(PATIENCE * options.interval),
    defaults: {
      ...connectionOptions(options),
      ...(username !== "" && { username: decodeURIComponent(username) }),
      ...(password !== "" && { password: decodeURIComponent(password) }),
    },
  });
  // The client would publish by any node, and by another one each time: what is published at one node stays in order.
  const choice = Math.random();
  let destroyed = false;

  async function publish(channel: string, message: string): Promise<unknown> {
    const node = client.masters[Math.floor(choice * client.masters.length)];
    if (!node) throw new Error("No node of the cluster is known");
    return (await client.nodeClient(node)).publish(channel, message);
  }

  return {
    async connect() {
      for (let failures = 0; !destroyed && !client.isOpen; failures++) {
        await client.connect().catch(() => sleep(retryDelay(failures)));
      }
    },
    command: (key, args) => client.sendCommand(key, false, args),
    publish,
    async publishByAll(channel, message) {
      await Promise.all(client.masters.map(async (node) => (await client.nodeClient(node)).ping()));
      return publish(channel, message);
    },
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
