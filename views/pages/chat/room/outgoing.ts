import type { Store } from "../store.ts";

/** A message that was written here and has not been seen in the room yet. */
export interface Outgoing {
  readonly ref: string;
  readonly text: string;
  /** When it was written, in milliseconds since 1970. */
  readonly written: number;
  /** The nicks under which it may have reached the server. */
  readonly nicks: readonly string[];
  /** `waiting` to be sent; `sent`, with no answer yet; `kept` by the server, which has not said it to the room yet; `refused`. */
  readonly state: "waiting" | "sent" | "kept" | "refused";
  /** Why it was not taken. */
  readonly problem?: string | undefined;
}

/** The messages on their way out, in the order in which they were written. They outlive the page. */
export interface Outbox {
  readonly messages: readonly Outgoing[];
  /** Takes a new message. */
  add(text: string): Outgoing;
  /** Notes what became of a message; nothing if it is not there any more. */
  update(ref: string, change: Partial<Pick<Outgoing, "nicks" | "state" | "problem">>): void;
  /** Takes a message out, for good. */
  remove(ref: string): void;
  /** Takes a message out that is one of these in the room; returns whether there was one. */
  seen(nick: string, ref: string): boolean;
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

  function remove(ref: string): void {
    messages.delete(ref);
    store.delete(prefix + ref);
  }

  return {
    get messages() {
      return [...messages.values()];
    },
    add(text) {
      const message: Outgoing = { ref: newRef(), text, written: now(), nicks: [], state: "waiting" };
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
    seen(nick, ref) {
      const message = messages.get(ref);
      if (!message?.nicks.includes(nick)) return false;
      remove(ref);
      return true;
    },
  };
}

function restore(store: Store, prefix: string): Outgoing[] {
  const found = store.names(prefix).map((name) => parse(store.get(name)));
  return found.filter((message) => message !== undefined).sort((a, b) => a.written - b.written);
}

/** Whoever has the browser's storage in hand may have written anything. */
function parse(json = ""): Outgoing | undefined {
  try {
    const { ref, text, written, nicks, state, problem } = JSON.parse(json);
    const isSound = typeof ref === "string" && typeof text === "string" && typeof written === "number";
    if (!isSound || !Array.isArray(nicks)) return undefined;
    const isRefused = state === "refused";
    return {
      ref,
      text,
      written,
      nicks: nicks.map(String),
      state: isRefused ? "refused" : "waiting",
      problem: isRefused ? String(problem) : undefined,
    };
  } catch {
    return undefined;
  }
}
