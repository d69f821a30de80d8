import type { Client } from "./client.ts";

/** Hears a channel of Redis. */
export interface ChannelListener {
  hear(message: string): void;
  /** Some messages may be missing before the next. */
  missed(): void;
}

/** A channel that somebody listens to, or that Redis has not been told yet that nobody does. */
class Channel {
  readonly listeners = new Set<ChannelListener>();
  /**
   * Whether Redis has agreed; undefined if its answer got lost. Once it has, the client asks again by itself after each
   * reconnection.
   */
  subscribed: boolean | undefined = false;
  /** Whether Redis is being asked. It is asked one thing at a time: the client confuses the answers otherwise. */
  asking = false;
  ready: Promise<void>;
  onReady = () => {};

  constructor() {
    this.ready = this.#readiness();
  }

  get wanted(): boolean {
    return this.listeners.size > 0;
  }

  /** Lets whoever listens from now on wait until Redis has agreed anew. */
  renew(): void {
    this.ready = this.#readiness();
  }

  #readiness(): Promise<void> {
    return new Promise((resolve) => {
      this.onReady = resolve;
    });
  }
}

/** The channels that somebody in this process listens to. Redis is asked once for each. */
export class Channels {
  readonly #client: Client;
  readonly #channels = new Map<string, Channel>();
  readonly #hear = (message: string | Buffer, name: string | Buffer) => {
    const listeners = this.#channels.get(String(name))?.listeners ?? [];
    for (const listener of [...listeners]) listener.hear(String(message));
  };

  constructor(client: Client) {
    this.#client = client;
  }

  /** Lets somebody hear a channel. @returns resolves when it is heard */
  add(name: string, listener: ChannelListener): Promise<void> {
    const channel = this.#channels.get(name) ?? new Channel();
    this.#channels.set(name, channel);
    channel.listeners.add(listener);
    void this.#settle(name, channel);
    return channel.ready;
  }

  delete(name: string, listener: ChannelListener): void {
    const channel = this.#channels.get(name);
    if (!channel?.listeners.delete(listener) || channel.wanted) return;
    void this.#settle(name, channel);
  }

  /** Asks for what could not be asked for. */
  retry(): void {
    for (const [name, channel] of this.#channels) void this.#settle(name, channel);
  }

  /** Tells all that they may have missed something. */
  missed(): void {
    for (const { listeners } of [...this.#channels.values()])
      for (const listener of [...listeners]) listener.missed();
  }

  clear(): void {
    for (const { listeners } of this.#channels.values()) listeners.clear();
    this.#channels.clear();
  }

  /** Asks Redis until it knows what is wanted, which may change meanwhile. */
  async #settle(name: string, channel: Channel): Promise<void> {
    if (channel.asking) return;
    channel.asking = true;
    try {
      while (channel.wanted !== channel.subscribed) await this.#ask(name, channel);
      if (!channel.wanted) this.#channels.delete(name);
    } catch {
      // When Redis is back it is asked again.
    } finally {
      channel.asking = false;
    }
  }

  async #ask(name: string, channel: Channel): Promise<void> {
    const { wanted } = channel;
    channel.subscribed = undefined;
    if (!wanted) channel.renew();
    await (wanted ? this.#client.subscribe(name, this.#hear) : this.#client.unsubscribe(name, this.#hear));
    channel.subscribed = wanted;
    if (wanted && channel.wanted) channel.onReady();
  }
}
