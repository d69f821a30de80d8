/**
 * An ordered, durable record of what was said in the chat's rooms: the contract of its backends. All of them pass one test suite,
 * `test/handlers/chat/log/describe-log.ts`.
 *
 * - **Durable.** `append` resolves once the message outlives the process, killed at whatever moment (and, where the medium allows
 *   it, the machine). A message whose `append` rejected may have been kept or not: append it again with the same ref.
 * - **Idempotent.** The same room, author and ref again give the entry that there is, and nothing is added: also while the first
 *   `append` is under way, in another process, and after a restart.
 * - **One order.** The entries of a room have one order, the same for `read` and for every follower, in every process. `append` may
 *   resolve before or after followers hear of the entry.
 * - **Nothing skipped.** A follower hears of each entry behind the one where it began, once, in order.
 */

/** What is appended. */
export interface NewEntry {
  /** Who says it, as it is shown. */
  readonly nick: string;
  /** Who says it, as it is compared: what makes a `ref` unique. */
  readonly author: string;
  readonly ref: string;
  readonly text: string;
}

/** What was appended. */
export interface Entry {
  /** Opaque, and unique in its room. */
  readonly id: string;
  readonly nick: string;
  readonly ref: string;
  readonly text: string;
  /** When it was appended, in milliseconds since 1970. Never earlier than the one before it. */
  readonly time: number;
}

/** A stretch of a room's entries, oldest first. */
export interface Stretch {
  readonly entries: readonly Entry[];
  /** Whether some that were asked for are no longer kept, or `since` names none that ever was. */
  readonly gap: boolean;
}

/** Where to read. At most one of both. */
export interface Range {
  /** Only what is behind that entry: the oldest `limit` of it. Default: the newest `limit` entries. */
  readonly since?: string | undefined;
  /** Only what is before that entry: the newest `limit` of it. */
  readonly before?: string | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** A room that has entries. */
export interface RoomSummary {
  readonly room: string;
  /** When its last entry was appended, in milliseconds since 1970. */
  readonly time: number;
}

/** A record of all rooms. */
export interface Log {
  /**
   * Appends an entry, or finds the one of the same author and ref.
   *
   * @throws LogUnavailable, as a rejection, when it cannot be kept now: to be tried again
   */
  append(room: string, entry: NewEntry): Promise<Entry>;

  /** @throws LogUnavailable, as a rejection */
  read(room: string, range: Range): Promise<Stretch>;

  /**
   * Calls `listener` with what is appended behind an entry from now on, a stretch at a time: those of one commit together.
   *
   * @param since the last entry that the listener knows of; undefined if it knows none
   * @returns stops it
   */
  follow(room: string, since: string | undefined, listener: (entries: readonly Entry[]) => void): () => void;

  /** The rooms with the latest entries, latest first. */
  latestRooms(limit: number): Promise<readonly RoomSummary[]>;

  /** Resolves when all that was appended is kept, and nothing is open any more. */
  close(): Promise<void>;
}

/** The log cannot be read or written at the moment: whoever asked may try again. */
export class LogUnavailable extends Error {
  readonly code = "LOG_UNAVAILABLE";
}
