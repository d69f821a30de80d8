/**
 * An ordered, durable record of what was said in the chat's rooms: the contract of its backends. All of them pass one test suite,
 * `test/handlers/chat/log/describe-log.ts`.
 *
 * - **Durable.** `append` resolves once the message outlives the process, killed at whatever moment (and, where the medium allows
 *   it, the machine). A message whose `append` rejected may have been kept or not: append it again with the same ref.
 * - **Idempotent.** The same room, author and ref again, whatever the nick and the text, give the entry that there is, and nothing
 *   is added: also while the first `append` is under way, in another process, and after a restart; for as long as the entry is kept.
 * - **One order.** The entries of a room have one order, the same for `read` and for every follower, in every process. `append` may
 *   resolve before or after followers hear of the entry.
 * - **Nothing skipped.** A follower hears of each entry behind the one where it began, once, in order.
 * - **Trimmed.** Old entries are dropped, oldest first. Who asks for them is told of the gap.
 * - **Any text.** All strings come back as they went in, whatever they consist of.
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
  /** Opaque, and unique in its room. It consists of ASCII letters, digits, `.` and `-`. */
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
  /**
   * Whether the entry that was named never was in this room, or some next to it that were asked for are no longer kept. With
   * `before` these are asked for if fewer than `limit` are left.
   */
  readonly gap: boolean;
}

/** Where to read. Whatever is handed in as an id, nothing throws: one that never was an entry of the room makes a gap. */
export interface Range {
  /**
   * Only what is behind that entry: the oldest `limit` of it. Default, and for an id that never was: the newest `limit`
   * entries. Not together with `before`.
   */
  readonly since?: string | undefined;
  /** Only what is before that entry: the newest `limit` of it; for an id that never was, nothing. */
  readonly before?: string | undefined;
  /** How many at most, from 1. */
  readonly limit: number;
}

/** A room that has entries. */
export interface RoomSummary {
  readonly room: string;
  /** When its last entry was appended, in milliseconds since 1970. */
  readonly time: number;
}

/** Hears of entries of a room, oldest first: at least one. It must not throw. */
export type Listener = (entries: readonly Entry[]) => void;

/** A record of all rooms. */
export interface Log {
  /**
   * Appends an entry, or finds the one of the same author and ref.
   *
   * @throws LogUnavailable, as a rejection, when it cannot be kept now: to be tried again
   */
  append(room: string, entry: NewEntry): Promise<Entry>;

  /**
   * @throws LogUnavailable, as a rejection
   * @throws TypeError, as a rejection, for a range that is none
   */
  read(room: string, range: Range): Promise<Stretch>;

  /**
   * Calls `listener` with all that is behind an entry: with what there is, beginning in a later turn of the event loop, and with
   * what is appended from then on, those of one commit together. What is trimmed before it is heard is left out. Meant is one
   * follower a room and process, which passes on what it hears.
   *
   * What this process appends is heard by itself; what another one does, at the next {@link Log.look} or `append`.
   *
   * @param since the last entry that the listener knows of; undefined, or an id that never was, if it knows none
   * @returns stops it: no call any more
   */
  follow(room: string, since: string | undefined, listener: Listener): () => void;

  /**
   * Makes the followers of a room look for what other processes have appended: for whoever hears from elsewhere, over the bus,
   * that there is something. To call it too often is harmless, and costs a read.
   */
  look(room: string): void;

  /**
   * The rooms with the latest entries, latest first.
   *
   * @throws LogUnavailable, as a rejection
   */
  latestRooms(limit: number): Promise<readonly RoomSummary[]>;

  /** Resolves when all that was appended is kept or refused, and nothing is open any more. Whoever asks later gets LogUnavailable. */
  close(): Promise<void>;
}

/** The log cannot be read or written at the moment: whoever asked may try again. */
export class LogUnavailable extends Error {
  readonly code = "LOG_UNAVAILABLE";
}
