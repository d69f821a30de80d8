import { TYPING_EXPIRES } from "../../../../handlers/chat/protocol.ts";

/** Who is typing at the moment. Times are in milliseconds, of any clock that does not go back. */
export interface Typing {
  heard(nick: string, now: number): void;
  /** Said it, or left. */
  stopped(nick: string): void;
  /** Nobody is typing that is known of: the connection is lost. */
  clear(): void;
  /** Who is typing, in the order in which they began. */
  who(now: number): string[];
  /** When the next one stops to count; undefined if nobody does. */
  readonly nextExpiry: number | undefined;
}

/** Creates the knowledge of who is typing: nobody. */
export function createTyping(expiry = TYPING_EXPIRES): Typing {
  const until = new Map<string, number>();
  return {
    heard(nick, now) {
      until.set(nick, now + expiry);
    },
    stopped(nick) {
      until.delete(nick);
    },
    clear() {
      until.clear();
    },
    who(now) {
      for (const [nick, end] of until) if (end <= now) until.delete(nick);
      return [...until.keys()];
    },
    get nextExpiry() {
      return until.size === 0 ? undefined : Math.min(...until.values());
    },
  };
}

/** How many typing members are named; of more only the number is said. */
const NAMED = 3;

/** Says who is typing, as parts of a sentence: nicks, which are to be isolated from the rest, and the words between them. */
export function typingSentence(
  nicks: readonly string[],
): { readonly text: string; readonly isNick: boolean }[] {
  if (nicks.length === 0) return [];
  if (nicks.length > NAMED) return [{ text: `${nicks.length} people are typing…`, isNick: false }];
  const parts = nicks.flatMap((nick, index) => [
    { text: separator(index, nicks.length), isNick: false },
    { text: nick, isNick: true },
  ]);
  return [...parts.slice(1), { text: nicks.length === 1 ? " is typing…" : " are typing…", isNick: false }];
}

function separator(index: number, count: number): string {
  return index === count - 1 ? " and " : ", ";
}
