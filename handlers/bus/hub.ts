/** One end of the bus, as the hub knows it. */
export interface HubEnd {
  /** Hears what others have published in one turn, in order. */
  hear(channel: string, messages: readonly string[]): void;
}

/** Passes on what is published, between ends that are in the memory of one process, or tied to it. */
export class Hub {
  readonly #channels = new Map<string, Set<HubEnd>>();

  /** The channels that anybody hears. */
  get channels(): string[] {
    return [...this.#channels.keys()];
  }

  /** An end wants to hear a channel. */
  add(channel: string, end: HubEnd): void {
    const ends = this.#channels.get(channel);
    if (ends) ends.add(end);
    else this.#channels.set(channel, new Set([end]));
  }

  /** An end wants to hear a channel no more. */
  delete(channel: string, end: HubEnd): void {
    const ends = this.#channels.get(channel);
    if (ends?.delete(end) && ends.size === 0) this.#channels.delete(channel);
  }

  /** An end has gone. */
  deleteAll(end: HubEnd): void {
    for (const channel of this.#channels.keys()) this.delete(channel, end);
  }

  publish(channel: string, messages: readonly string[], from: HubEnd): void {
    for (const end of this.#channels.get(channel) ?? []) if (end !== from) end.hear(channel, messages);
  }
}
