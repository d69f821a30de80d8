import type { ChatMessage } from "../../../../handlers/chat/protocol.ts";

/** What stands in the history: a message, or a line that says that some before the next one are no longer kept. */
export type Entry = ChatMessage | { readonly type: "gap" };

/** The stretch of a room's history that the page has, oldest first. A message is in it once. */
export interface Timeline {
  readonly entries: readonly Entry[];
  /** The oldest message's id; undefined if there is none. */
  readonly first: string | undefined;
  /** The id of the latest message that was ever there; undefined if there was none. */
  readonly last: string | undefined;
  /** Adds the latest entry; returns false, and adds nothing, for a message that is there already. */
  append(entry: Entry): boolean;
  /** Adds older messages before all others; returns those that were not there yet. */
  prepend(messages: readonly ChatMessage[]): readonly ChatMessage[];
  /** Forgets the oldest entries, so that `count` remain; returns how many were forgotten. */
  keepLatest(count: number): number;
}

/** Creates an empty timeline. */
export function createTimeline(): Timeline {
  const ids = new Set<string>();
  let entries: Entry[] = [];
  let last: string | undefined;

  return {
    get entries() {
      return entries;
    },
    get first() {
      return entries.find(isMessage)?.id;
    },
    get last() {
      return last;
    },
    append(entry) {
      if (isMessage(entry)) {
        if (ids.has(entry.id)) return false;
        ids.add(entry.id);
        last = entry.id;
      }
      entries.push(entry);
      return true;
    },
    prepend(messages) {
      const added = messages.filter(({ id }) => !ids.has(id));
      for (const { id } of added) ids.add(id);
      entries = [...added, ...entries];
      last ??= added.at(-1)?.id;
      return added;
    },
    keepLatest(count) {
      const forgotten = entries.splice(0, Math.max(0, entries.length - count));
      for (const entry of forgotten) if (isMessage(entry)) ids.delete(entry.id);
      return forgotten.length;
    },
  };
}

/** Tells a message from the other lines of a history. */
export function isMessage(entry: Entry): entry is ChatMessage {
  return entry.type === "message";
}
