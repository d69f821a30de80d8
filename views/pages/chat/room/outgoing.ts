import type { Store } from "../store.ts";

/** A message that was written here and has not been seen in the room yet. */
export interface Outgoing {
  /** Random, so that it tells the message from all others, whoever says it: the reader may have changed the nick. */
  readonly ref: string;
  readonly text: string;
  /** When it was written, in milliseconds since 1970. */
  readonly written: number;
  /** `waiting` to be sent; `sent`, with no answer yet; `kept` by the server, which has not said it to the room yet; `refused`. */
  readonly state: "waiting" | "sent" | "kept" | "refused";
  /** Why it was not taken. */
  readonly problem?: string | undefined;
  /** Whether it is sent again in a moment, so that there is nothing for its author to do. */
  readonly follows?: boolean | undefined;
}

/** The messages on their way out, in the order in which they were written. They outlive the page. */
export interface Outbox {
  readonly messages: readonly Outgoing[];
  /** Takes a new message. */
  add(text: string): Outgoing;
  /** Notes what became of a message; nothing if it is not there any more. */
  update(ref: string, change: Partial<Pick<Outgoing, "state" | "problem" | "follows">>): void;
  /** Takes a message out, for good; returns whether it was there. */
  remove(ref: string): boolean;
}

/**
 * Creates the outbox of a room, with what an earlier page has left in it.
 *
 * @param prefix - what the names of its messages begin with in the store: each has an entry of its own, so that two tabs
 *   do not overwrite what the other has
 * @param newRef - makes a ref that was never used
 */
export function createOutbox(store: Store, prefix: string, newRef: () => string, now = Date.now): Outbox {
  const messages = new Map<string, Outgoing>();
  for (const message of restore(store, prefix)) messages.set(message.ref, message);

  function keep(message: Outgoing): void {
    messages.set(message.ref, message);
    store.set(prefix + message.ref, JSON.stringify(message));
  }

  function remove(ref: string): boolean {
    store.delete(prefix + ref);
    return messages.delete(ref);
  }

  return {
    get messages() {
      return [...messages.values()];
    },
    add(text) {
      const message: Outgoing = { ref: newRef(), text, written: now(), state: "waiting" };
      keep(message);
      return message;
    },
    update(ref, change) {
      const message = messages.get(ref);
      if (!message) return;
      keep({ ...message, ...change });
      // The server has it: were the page to end now, there would be nothing left to do.
      if (change.state === "kept") store.delete(prefix + ref);
    },
    remove,
  };
}

function restore(store: Store, prefix: string): Outgoing[] {
  const found = store.names(prefix).map((name) => parse(store.get(name)));
  return found.filter((message) => message !== undefined).sort((a, b) => a.written - b.written);
}

/** Whoever has the browser's storage in hand may have written anything. */
function parse(json = ""): Outgoing | undefined {
  try {
    const { ref, text, written, state, problem } = JSON.parse(json);
    const isSound = typeof ref === "string" && typeof text === "string" && typeof written === "number";
    if (!isSound) return undefined;
    const isRefused = state === "refused";
    return {
      ref,
      text,
      written,
      state: isRefused ? "refused" : "waiting",
      problem: isRefused ? String(problem) : undefined,
    };
  } catch {
    return undefined;
  }
}
