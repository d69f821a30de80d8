import type { Addition } from "./appending.ts";
import type { Follower } from "./follower.ts";

/** The followers of each room. */
export class Followers {
  readonly #rooms = new Map<string, Set<Follower>>();

  /** @returns takes it out again, and stops it */
  add(room: string, follower: Follower): () => void {
    const followers = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, followers.add(follower));
    return () => {
      follower.stop();
      followers.delete(follower);
      if (followers.size === 0 && this.#rooms.get(room) === followers) this.#rooms.delete(room);
    };
  }

  hear(addition: Addition): void {
    for (const follower of this.#in(addition.room)) follower.hear(addition);
  }

  look(room: string): void {
    for (const follower of this.#in(room)) follower.look();
  }

  stop(): void {
    for (const followers of this.#rooms.values()) for (const follower of followers) follower.stop();
    this.#rooms.clear();
  }

  #in(room: string): Iterable<Follower> {
    return this.#rooms.get(room) ?? [];
  }
}
