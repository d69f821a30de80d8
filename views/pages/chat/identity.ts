import type { Store } from "./store.ts";

/** Who one is in the chat, as this browser remembers it. */
export interface Identity {
  /** The nick that was used last; empty at first. */
  nick: string;
  /** The secret that shows the server that a nick is this browser's own. */
  readonly key: string;
}

const NICK = "chat:nick";
const KEY = "chat:key";

/**
 * Reads who one is out of what the browser keeps, and keeps what changes.
 *
 * @param store - that of all tabs
 * @param random - makes a key. Default: 128 bits that cannot be guessed
 */
export function createIdentity(store: Store, random: () => string = randomId): Identity {
  const key = store.get(KEY) || random();
  store.set(KEY, key);
  return {
    get nick() {
      return store.get(NICK) ?? "";
    },
    set nick(nick) {
      store.set(NICK, nick);
    },
    key,
  };
}

/** Makes 128 random bits, as text. `crypto.randomUUID` is missing on pages that came over plain HTTP. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
