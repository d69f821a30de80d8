import type { Change, Entry, Following, Registry } from "../registry/registry.ts";

/** Hears of somebody who came or went. */
export type Tell = (frame: { readonly type: "joined" | "left"; readonly nick: string }) => void;

/** Who is in a room, on whichever server, as far as this one has heard. In the registry a member is its nick as it is compared. */
export class Presence {
  readonly #members = new Map<string, Entry>();
  readonly #following: Following;
  readonly #tell: Tell;
  /** Those who have not been heard of yet, by the id of their entry. */
  readonly #expected = new Map<string, () => void>();

  /** @param tell told of all who come and go, of those who were there before, too */
  constructor(registry: Registry, group: string, tell: Tell) {
    this.#tell = tell;
    this.#following = registry.follow(group, (change) => this.#hear(change));
  }

  get size(): number {
    return this.#members.size;
  }

  /** The nicks of all, as they are shown. */
  get nicks(): string[] {
    return Array.from(this.#members.values(), ({ card }) => card);
  }

  /** How somebody's nick is shown; undefined if nobody here is called that. */
  nickOf(author: string): string | undefined {
    return this.#members.get(author)?.card;
  }

  /** Resolves once somebody has been heard of: all who came before it have been, too. */
  heardOf({ name, id }: Entry): Promise<void> {
    if (this.#members.get(name)?.id === id) return Promise.resolve();
    return new Promise((resolve) => this.#expected.set(id, resolve));
  }

  /** Nobody waits for that one any more. */
  forget({ id }: Entry): void {
    this.#expected.delete(id);
  }

  end(): void {
    this.#following.end();
  }

  #hear(change: Change): void {
    if (change.type === "entered") this.#enter(change.entry);
    else if (change.type === "left") this.#leave(change.entry);
    else this.#takeAll(change.entries);
  }

  #takeAll(entries: readonly Entry[]): void {
    const present = new Set(entries.map(({ name }) => name));
    for (const member of this.#members.values()) if (!present.has(member.name)) this.#leave(member);
    for (const entry of entries) this.#enter(entry);
  }

  /** One who takes its own nick over is nobody new, unless it is written in another way now. */
  #enter(entry: Entry): void {
    const known = this.nickOf(entry.name);
    this.#members.set(entry.name, entry);
    if (known !== entry.card) {
      if (known !== undefined) this.#tell({ type: "left", nick: known });
      this.#tell({ type: "joined", nick: entry.card });
    }
    this.#expected.get(entry.id)?.();
    this.#expected.delete(entry.id);
  }

  #leave({ name }: Entry): void {
    const member = this.#members.get(name);
    if (member && this.#members.delete(name)) this.#tell({ type: "left", nick: member.card });
  }
}
