import type { BusListener, SubscribeOptions } from "./bus.ts";

/** One listener's place on a channel. */
export interface Place {
  readonly listener: BusListener;
  readonly echo: boolean;
}

/** The listeners of this process, by channel. */
export class Listeners {
  readonly #channels = new Map<string, Set<Place>>();

  /** Adds a listener. @returns its place, and whether it is the first on its channel */
  add(channel: string, listener: BusListener, { echo = false }: SubscribeOptions = {}): [Place, boolean] {
    const place = { listener, echo };
    const places = this.#channels.get(channel);
    if (places) places.add(place);
    else this.#channels.set(channel, new Set([place]));
    return [place, places === undefined];
  }

  /** Takes a listener away. @returns whether it was the last on its channel */
  delete(channel: string, place: Place): boolean {
    const places = this.#channels.get(channel);
    if (!places?.delete(place) || places.size > 0) return false;
    return this.#channels.delete(channel);
  }

  /** The channels that have a listener. */
  channels(): Iterable<string> {
    return this.#channels.keys();
  }

  /** Tells what others have published. */
  hear(channel: string, messages: readonly string[]): void {
    for (const { listener } of this.#at(channel)) for (const message of messages) listener.hear(message);
  }

  /** Tells what this process has published to those who asked for it. */
  echo(channel: string, messages: readonly string[]): void {
    for (const { listener, echo } of this.#at(channel)) {
      if (echo) for (const message of messages) listener.hear(message);
    }
  }

  missed(channel: string): void {
    for (const { listener } of this.#at(channel)) listener.missed?.();
  }

  clear(): void {
    this.#channels.clear();
  }

  /** As they are now: one that is added meanwhile hears nothing of this. */
  #at(channel: string): Place[] {
    return [...(this.#channels.get(channel) ?? [])];
  }
}
