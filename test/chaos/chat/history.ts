import type { ChatMessage } from "../../../handlers/chat/protocol.ts";

/** What was said in a room, as one who keeps it or hears it has it. */
export type Said = Pick<ChatMessage, "id" | "nick" | "ref" | "text">;

/** What a member heard, by ids, in the order in which it came: what came twice is in it twice. */
export interface Hearing {
  readonly nick: string;
  readonly ids: readonly string[];
}

/** All that is known of one room when a run is over. */
export interface RoomHistory {
  readonly room: string;
  /** What members began to say, acknowledged or not: its text, by nick and ref. */
  readonly written: ReadonlyMap<string, string>;
  /** What the server acknowledged. */
  readonly acknowledged: readonly Said[];
  /** What each member heard. */
  readonly hearings: readonly Hearing[];
  /** What was heard, in all the ways in which it was heard: one, if all is well. */
  readonly heard: ReadonlyMap<string, readonly Said[]>;
  /** What the log has, oldest first. */
  readonly log: readonly Said[];
}

/** Names a message as its writer knows it. */
export function nameOf({ nick, ref }: Pick<Said, "nick" | "ref">): string {
  return JSON.stringify([nick, ref]);
}

/** Takes down what happens in one room. */
export class Recorder {
  readonly room: string;
  readonly #written = new Map<string, string>();
  readonly #acknowledged: Said[] = [];
  readonly #heard = new Map<string, Said[]>();
  readonly #hearings = new Map<string, string[]>();

  constructor(room: string) {
    this.room = room;
  }

  get acknowledged(): number {
    return this.#acknowledged.length;
  }

  /** Somebody is there from now on, and is to hear all. */
  join(listener: string): void {
    this.#hearings.set(listener, []);
  }

  write(nick: string, ref: string, text: string): void {
    this.#written.set(nameOf({ nick, ref }), text);
  }

  acknowledge({ id, nick, ref, text }: Said): void {
    this.#acknowledged.push({ id, nick, ref, text });
  }

  /** Keeps each message once, however many hear it: two hundred hear all that is said. */
  hear(listener: string, { id, nick, ref, text }: Said): void {
    const ways = this.#heard.get(id) ?? [];
    if (!ways.some((way) => isSame(way, { id, nick, ref, text }))) ways.push({ id, nick, ref, text });
    this.#heard.set(id, ways);
    this.#hearings.get(listener)?.push(ways[0]?.id ?? id);
  }

  /** @param log what the log has */
  history(log: readonly Said[]): RoomHistory {
    return {
      room: this.room,
      written: this.#written,
      acknowledged: this.#acknowledged,
      hearings: Array.from(this.#hearings, ([nick, ids]) => ({ nick, ids })),
      heard: this.#heard,
      log,
    };
  }
}

/** Whether two have the same message. */
export function isSame(one: Said, other: Said): boolean {
  return one.id === other.id && one.nick === other.nick && one.ref === other.ref && one.text === other.text;
}
