import type { BusListener, SubscribeOptions } from "./bus.ts";

/** One listener's place on a channel. */
export interface Place {
  readonly listener: BusListener;
  readonly echo: boolean;
  /** Whether it hears nothing any more, though more may have come together with what it has heard. */
  ended: boolean;
}

/** The listeners of this process, by channel. */
export class Listeners {
  readonly #channels = new Map<string, Set<Place>>();

  /** Adds a listener. @returns its place, and whether it is the first on its channel */
  add(channel: string, listener: BusListener, { echo = false }: SubscribeOptions = {}): [Place, boolean] {
    const place = { listener, echo, ended: false };
    const places = this.#channels.get(channel);
    if (places) places.add(place);
    else this.#channels.set(channel, new Set([place]));
    return [place, places === undefined];
  }

  /** Takes a listener away. @returns whether it was the last on its channel */
  delete(channel: string, place: Place): boolean {
    place.ended = true;
    const places = this.#channels.get(channel);
    if (!places?.delete(place) || places.size > 0) return false;
    return this.#channels.delete(channel);
  }

  /** Tells what others have published. */
  hear(channel: string, messages: readonly string[]): void {
    for (const place of this.#at(channel)) tell(place, messages);
  }

  /** Tells what this process has published to those who asked for it. */
  echo(channel: string, messages: readonly string[]): void {
    for (const place of this.#at(channel)) if (place.echo) tell(place, messages);
  }

  missed(channel: string): void {
    for (const place of this.#at(channel)) if (!place.ended) place.listener.missed?.();
  }

  clear(): void {
    for (const places of this.#channels.values()) for (const place of places) place.ended = true;
    this.#channels.clear();
  }

  /** As they are now: one that is added meanwhile hears nothing of this. */
  #at(channel: string): Place[] {
    return [...(this.#channels.get(channel) ?? [])];
  }
}

function tell(place: Place, messages: readonly string[]): void {
  for (const message of messages) {
    if (place.ended) return;
    place.listener.hear(message);
  }
}
