import { WebSocketError } from "../../middleware/index.ts";
import type { Change, EnterOptions, Entry, Following, Registry } from "../registry/registry.ts";
import { unavailable } from "./unavailable.ts";

/** Policy Violation (RFC 6455 §7.4.1): well-formed, but against the rules of the game. */
const POLICY_VIOLATION = 1008;

/** A name that is held, until it is given back. */
export interface Registration {
  readonly name: string;
  release(): void;
}

/** Hears of the names of a group, each with its card. One that is entered again is nothing new. */
export interface NamesListener {
  added(name: string, card: string): void;
  removed(name: string, card: string): void;
  /** All that there are have been heard of; called again when some may have been missed meanwhile. */
  synced?(): void;
}

/** The names in one group of the registry, as far as they have been heard of here. */
export class Names {
  readonly #registry: Registry;
  readonly #group: string;
  readonly #cards = new Map<string, string>();

  constructor(registry: Registry, group: string) {
    this.#registry = registry;
    this.#group = group;
  }

  has(name: string): boolean {
    return this.#cards.has(name);
  }

  /** Tells of the names: of those that are there, perhaps before this returns, and of each change. */
  follow(listener: NamesListener): Following {
    return this.#registry.follow(this.#group, (change) => this.#hear(change, listener));
  }

  /**
   * Holds a name.
   *
   * @throws WebSocketError 1008 if somebody else has it, or the group is full; 1013 if the registry is away
   */
  async enter(name: string, options: EnterOptions): Promise<Registration> {
    const outcome = await this.#registry.enter(this.#group, name, options).catch(unavailable);
    if (outcome === "taken") throw new WebSocketError(POLICY_VIOLATION, "Another worker lives this cell");
    if (outcome === "full")
      throw new WebSocketError(POLICY_VIOLATION, `A worker too many: this game has all its ${options.limit}`);
    return { name, release: () => this.#registry.leave(this.#group, outcome) };
  }

  #hear(change: Change, listener: NamesListener): void {
    if (change.type === "entered") this.#add(change.entry, listener);
    else if (change.type === "left") this.#remove(change.entry.name, listener);
    else this.#sync(change.entries, listener);
  }

  #sync(entries: readonly Entry[], listener: NamesListener): void {
    const present = new Set(entries.map(({ name }) => name));
    for (const name of this.#cards.keys()) if (!present.has(name)) this.#remove(name, listener);
    for (const entry of entries) this.#add(entry, listener);
    listener.synced?.();
  }

  #add({ name, card }: Entry, listener: NamesListener): void {
    const isNew = !this.#cards.has(name);
    this.#cards.set(name, card);
    if (isNew) listener.added(name, card);
  }

  #remove(name: string, listener: NamesListener): void {
    const card = this.#cards.get(name);
    if (card === undefined) return;
    this.#cards.delete(name);
    listener.removed(name, card);
  }
}
