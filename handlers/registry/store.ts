import type { Terms } from "./holdings.ts";
import type { Change, Entry, GroupSummary, Outcome } from "./registry.ts";

/** One who holds names: a process. */
export interface Holder {
  /** The name of that entry was lost to somebody else. */
  replaced(entry: Entry): void;
}

/** A name, as the store has it. */
interface Held {
  readonly entry: Entry;
  readonly secret: string | undefined;
  /** Nobody, for an entry that is kept. */
  readonly holder: Holder | undefined;
}

interface Group {
  readonly held: Map<string, Held>;
  readonly followers: Set<(change: Change) => void>;
  /** How many entries are not kept ones. */
  size: number;
}

/** All groups, in the memory of one process. Nothing here waits: whoever asks is answered at once, one after the other. */
export class Store {
  readonly #groups = new Map<string, Group>();

  enter(group: string, entry: Entry, { secret, limit, kept }: Terms, holder: Holder): Outcome {
    const { held, size } = this.#groupOf(group);
    const old = held.get(entry.name);
    if (kept) return this.#put(group, { entry, secret: undefined, holder: undefined });
    if (old && !isReplaceable(old, secret)) return "taken";
    if (!old && limit !== undefined && size >= limit) return this.#tidied(group, "full");
    const outcome = this.#put(group, { entry, secret, holder });
    old?.holder?.replaced(old.entry);
    return outcome;
  }

  leave(group: string, { name, id }: Entry): void {
    const known = this.#groups.get(group);
    const held = known?.held.get(name);
    if (!known || held?.entry.id !== id) return;
    known.held.delete(name);
    if (held.holder) known.size -= 1;
    tell(known, { type: "left", entry: held.entry });
    this.#tidied(group, undefined);
  }

  /** Takes away all that one holds. */
  leaveAll(holder: Holder): void {
    for (const [group, { held }] of this.#groups) {
      for (const one of held.values()) if (one.holder === holder) this.leave(group, one.entry);
    }
  }

  /** Tells of a group, at once of all that is in it. @returns ends it */
  follow(group: string, follower: (change: Change) => void): () => void {
    const { held, followers } = this.#groupOf(group);
    followers.add(follower);
    follower({ type: "all", entries: Array.from(held.values(), ({ entry }) => entry) });
    return () => {
      followers.delete(follower);
      this.#tidied(group, undefined);
    };
  }

  groups(prefix: string, limit: number): GroupSummary[] {
    return Array.from(this.#groups, ([group, { size }]) => ({ group, size }))
      .filter(({ group, size }) => size > 0 && group.startsWith(prefix))
      .sort((a, b) => b.size - a.size)
      .slice(0, limit);
  }

  #put(group: string, one: Held): Entry {
    const known = this.#groupOf(group);
    const old = known.held.get(one.entry.name);
    known.held.set(one.entry.name, one);
    known.size += Number(one.holder !== undefined) - Number(old?.holder !== undefined);
    tell(known, { type: "entered", entry: one.entry, ...(old && { replaced: old.entry }) });
    return one.entry;
  }

  #groupOf(name: string): Group {
    const known = this.#groups.get(name);
    if (known) return known;
    const group = { held: new Map(), followers: new Set<(change: Change) => void>(), size: 0 };
    this.#groups.set(name, group);
    return group;
  }

  /** Forgets a group in which there is nothing any more; what is kept goes with the last who is in it or follows. */
  #tidied<T>(name: string, result: T): T {
    const group = this.#groups.get(name);
    if (group?.size === 0 && group.followers.size === 0) this.#groups.delete(name);
    return result;
  }
}

function isReplaceable({ secret, holder }: Held, by: string | undefined): boolean {
  return holder === undefined || (by !== undefined && secret === by);
}

function tell({ followers }: Group, change: Change): void {
  for (const follower of followers) follower(change);
}
