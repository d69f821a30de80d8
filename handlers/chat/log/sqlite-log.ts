import { checkLimit, checkRange } from "./check-range.ts";
import { GroupCommit } from "./group-commit.ts";
import { type Entry, type Listener, type Log, LogUnavailable, type Range, type Stretch } from "./log.ts";
import { checkDelay, type RetentionOptions, retention } from "./retention.ts";
import type { Append } from "./sqlite/appending.ts";
import { Follower } from "./sqlite/follower.ts";
import { Followers } from "./sqlite/followers.ts";
import { openFile } from "./sqlite/open-file.ts";
import { Reader } from "./sqlite/reader.ts";
import { Writer } from "./sqlite/writer.ts";
import { Trimmer } from "./trimmer.ts";

/** Options of {@link sqliteLog}. */
export interface SqliteLogOptions extends RetentionOptions {
  /** Where the file is, `chat.db`; made if need be. Not on a network's disk: processes share memory beside the file. */
  readonly directory: string;
  /** How long an append waits for other processes that write, in milliseconds. Default: 5000. */
  readonly timeout?: number | undefined;
}

/**
 * Opens the log that SQLite keeps in one file. Several processes of one machine may have it open at once.
 *
 * @throws TypeError for an option that is none
 * @throws Error if the file cannot be opened or made, is none of SQLite's, or one of a newer version of this program
 */
export function sqliteLog({ directory, timeout = 5000, ...options }: SqliteLogOptions): Log {
  const { maxEntries, maxAge, trimInterval, now } = retention(options);
  checkDelay("timeout", timeout);
  const { reading, writing } = openFile(directory, timeout);
  const reader = new Reader(reading);
  const writer = new Writer(writing);
  const followers = new Followers();
  const appending = new GroupCommit<Append, Entry>(commit);
  const trimmer = new Trimmer(() => writer.trim({ maxEntries, from: now() - maxAge }), trimInterval);
  let closing: Promise<void> | undefined;

  async function commit(appends: readonly Append[]): Promise<readonly Entry[]> {
    const { entries, additions } = await writer.append(appends, now()).catch(fail);
    for (const addition of additions) followers.hear(addition);
    return entries;
  }

  /** What the reader gives; async, so that an error is a rejection. */
  async function ask<T>(question: (reader: Reader) => T): Promise<T> {
    checkOpen();
    try {
      return question(reader);
    } catch (error) {
      return fail(error);
    }
  }

  async function close(): Promise<void> {
    await Promise.all([appending.idle(), trimmer.stop()]);
    followers.stop();
    await writer.close();
    reader.close();
  }

  function checkOpen(): void {
    if (closing) throw new LogUnavailable("The log is closed");
  }

  return {
    async append(room, entry) {
      checkOpen();
      return appending.add({ room, entry });
    },

    async read(room: string, range: Range): Promise<Stretch> {
      checkRange(range);
      return ask((reader) => reader.read(room, range));
    },

    follow(room: string, since: string | undefined, listener: Listener) {
      if (closing) return () => {};
      const read = (last: string | undefined, limit: number) => reader.tail(room, last, limit);
      return followers.add(room, new Follower(read, since, listener));
    },

    look: (room) => followers.look(room),

    async latestRooms(limit) {
      checkLimit(limit);
      return ask((reader) => reader.latestRooms(limit));
    },

    close() {
      closing ??= close();
      return closing;
    },
  };
}

function fail(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new LogUnavailable(`The log is not available: ${why}`, { cause: error });
}
