import type { Client, Hear } from "./client.ts";

/** Hears a channel of Redis. */
export interface ChannelListener {
  hear(message: string): void;
  /** Some messages may be missing before the next. */
  missed(): void;
}

interface Channel {
  readonly listeners: Set<ChannelListener>;
  /** What the client calls. */
  readonly hear: Hear;
  readonly ready: Promise<void>;
  readonly onReady: () => void;
  /** Whether Redis was asked: then, or as soon as it has agreed, the client asks again by itself after each reconnection. */
  asked: boolean;
}

/** The channels that somebody in this process listens to. Redis is asked once for each. */
export class Channels {
  readonly #client: Client;
  readonly #channels = new Map<string, Channel>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Lets somebody hear a channel. @returns resolves when it is heard */
  add(name: string, listener: ChannelListener): Promise<void> {
    const channel = this.#channels.get(name) ?? this.#create(name);
    channel.listeners.add(listener);
    return channel.ready;
  }

  delete(name: string, listener: ChannelListener): void {
    const channel = this.#channels.get(name);
    if (!channel?.listeners.delete(listener) || channel.listeners.size > 0) return;
    this.#channels.delete(name);
    // While Redis is away nobody hears anything anyway.
    this.#client.unsubscribe(name, channel.hear).catch(() => {});
  }

  /** Asks for what could not be asked for. */
  retry(): void {
    for (const [name, channel] of this.#channels) if (!channel.asked) void this.#subscribe(name, channel);
  }

  /** Tells all that they may have missed something. */
  missed(): void {
    for (const { listeners } of this.#channels.values())
      for (const listener of [...listeners]) listener.missed();
  }

  clear(): void {
    for (const { listeners } of this.#channels.values()) listeners.clear();
    this.#channels.clear();
  }

  #create(name: string): Channel {
    let onReady = () => {};
    const ready = new Promise<void>((resolve) => {
      onReady = resolve;
    });
    const listeners = new Set<ChannelListener>();
    const hear: Hear = (message) => {
      for (const listener of [...listeners]) listener.hear(String(message));
    };
    const channel = { listeners, hear, ready, onReady, asked: false };
    this.#channels.set(name, channel);
    void this.#subscribe(name, channel);
    return channel;
  }

  async #subscribe(name: string, channel: Channel): Promise<void> {
    channel.asked = true;
    try {
      await this.#client.subscribe(name, channel.hear);
      channel.onReady();
    } catch {
      // When Redis is back it is asked again.
      channel.asked = false;
    }
  }
}
