/**
 * Who holds which name in a group, over all server processes: the contract of its backends. A chat room's members are a group, and
 * so are a game's workers. All backends pass one test suite, `test/handlers/registry/describe-registry.ts`.
 *
 * - **One holder.** In a group a name is held once, whichever processes ask for it at the same time. The same holds for the limit of
 *   a group.
 * - **One order.** The changes of a group are heard in one order, the same in every process.
 * - **Held by the living.** A process that dies holds nothing any more: at once where that is noticed (`memory`, `ipc`), else after a
 *   lease (`redis`).
 * - **The store away.** `enter` rejects with {@link RegistryUnavailable}. Whoever holds a name goes on holding it: when the store is
 *   back, each process enters again what it holds; should somebody else have the name by then, the holder is told that it has
 *   been replaced. Followers are given all entries anew.
 */

/** A name in a group, and who holds it. */
export interface Entry {
  readonly name: string;
  /** What goes with the name: opaque text of the holder's. */
  readonly card: string;
  /** Tells holders apart, over all processes and times. */
  readonly id: string;
}

/** What a name is entered with. */
export interface EnterOptions {
  /** Opaque text that goes with the name. Default: `""`. */
  readonly card?: string | undefined;
  /**
   * Whoever enters a name with the secret of its holder replaces that one. The store sees a digest of it only. Default: none, and the
   * holder cannot be replaced.
   */
  readonly secret?: string | undefined;
  /** How many names the group may have; who replaces a holder is not one more. Default: no limit. */
  readonly limit?: number | undefined;
  /** Called once if the name is lost to somebody else: by the secret, or because the store had forgotten this holder. */
  readonly replaced?: (() => void) | undefined;
  /**
   * Whether the entry is of all and not of this process: it stays when the process has gone, for as long as anybody follows the
   * group or is in it (in `redis` for a day from then). It may be entered again, by whomever, and has the new card then; `secret`,
   * `limit` and `replaced` do not apply. Default: false.
   */
  readonly kept?: boolean | undefined;
}

/** What came of entering: the entry, or why there is none. */
export type Outcome = Entry | "taken" | "full";

/** What followers of a group hear. */
export type Change =
  /** All entries there are: first of all, and again when changes may have been missed. */
  | { readonly type: "all"; readonly entries: readonly Entry[] }
  /** An entry came; where there was one of that name, in its place. */
  | { readonly type: "entered"; readonly entry: Entry; readonly replaced?: Entry }
  | { readonly type: "left"; readonly entry: Entry };

/** A group with entries that are not kept ones. */
export interface GroupSummary {
  readonly group: string;
  /** How many entries it has. */
  readonly size: number;
}

/** What a group is followed with. */
export interface Following {
  /** Resolves when the listener has been given all entries for the first time. While the store is away that is not to come. */
  readonly ready: Promise<void>;
  /** Ends it: no call any more. */
  end(): void;
}

/** One process's end of the registry. */
export interface Registry {
  /** Whether names can be entered, as far as is known. */
  readonly available: boolean;

  /**
   * Holds a name until {@link Registry.leave}, or until the process ends. When it resolves, followers in this process have heard of
   * the change or are about to.
   *
   * @throws RegistryUnavailable, as a rejection. Nothing is held then
   */
  enter(group: string, name: string, options?: EnterOptions): Promise<Outcome>;

  /** Gives a name back, if it is still held by that entry. Never fails: while the store is away it is done when that is back. */
  leave(group: string, entry: Entry): void;

  /** Tells a listener of a group: all entries first, then each change. */
  follow(group: string, listener: (change: Change) => void): Following;

  /**
   * The groups whose name begins like that, the largest first.
   *
   * @throws RegistryUnavailable, as a rejection
   */
  groups(prefix: string, limit: number): Promise<readonly GroupSummary[]>;

  /** Gives all names back, ends all followings. Resolves when that is done, or cannot be done. */
  close(): Promise<void>;
}

/** The registry cannot be reached at the moment: whoever asked may try again. */
export class RegistryUnavailable extends Error {
  readonly code = "REGISTRY_UNAVAILABLE";
}
