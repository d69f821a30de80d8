import { broadcast, type Connection } from "../../middleware/index.ts";
import type { Entry, Log, Stretch } from "./log/log.ts";
import { type ChatMessage, formatFrame, LAST } from "./protocol.ts";

/** How many messages are read at once for whoever has many to catch up on: so many are held for one who does not read them. */
const BATCH = 50;

const GAP = formatFrame({ type: "gap" });
const READY = formatFrame({ type: "ready" });

/** One who catches up. */
interface Newcomer {
  readonly ws: Connection;
  /** The last message that it knows of. */
  last: string | undefined;
}

/**
 * What is said in a room, as its log has it, to those who are in it. Each of them first reads what it missed, at its own pace, then
 * hears what the log says next.
 *
 * The change from one to the other is where nothing may be lost or doubled, and ids have no order that could tell what is later. It
 * comes where a newcomer and the feed know the same last message. A newcomer may be the one that is ahead: the log can be read
 * before it has told its followers. Then it waits for the feed to come to that message.
 */
export class Feed {
  readonly #room: string;
  readonly #log: Log;
  readonly #live = new Set<Connection>();
  /** Those who go live as soon as the feed comes to their last message. */
  readonly #waiting = new Map<Connection, Newcomer>();
  /** The last message that those who are live have heard. */
  #last: string | undefined;
  #opening: Promise<void> | undefined;
  #stop: (() => void) | undefined;
  #closed = false;

  constructor(room: string, log: Log) {
    this.#room = room;
    this.#log = log;
  }

  /** Those who have caught up. */
  get live(): ReadonlySet<Connection> {
    return this.#live;
  }

  /**
   * Sends what was said since a message, or else the last {@link LAST}; then the connection is told that it is `ready`, and hears
   * what is said from there on.
   *
   * @throws LogUnavailable, as a rejection
   * @throws ConnectionClosed, as a rejection, if the member leaves meanwhile
   */
  async join(ws: Connection, since: string | undefined): Promise<void> {
    await this.#open();
    const newcomer: Newcomer = { ws, last: since };
    while (newcomer.last === undefined || newcomer.last !== this.#last) {
      const heard = this.#last;
      this.#waiting.set(ws, newcomer);
      const stretch = await this.#read(newcomer.last);
      // While this was read the feed came to where the newcomer is, who now hears all of it anyway.
      if (!this.#waiting.has(ws)) return;
      // The newcomer is at the log's end, and the feed is not there yet.
      if (newcomer.last !== undefined && isEnd(stretch)) return;
      this.#waiting.delete(ws);
      await replay(ws, stretch);
      newcomer.last = stretch.entries.at(-1)?.id;
      // Nothing is kept, and nothing came meanwhile.
      if (newcomer.last === undefined && heard === this.#last) break;
    }
    this.#goLive(ws);
  }

  leave(ws: Connection): void {
    this.#waiting.delete(ws);
    this.#live.delete(ws);
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
  }

  #open(): Promise<void> {
    this.#opening ??= this.#follow().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #follow(): Promise<void> {
    const { entries } = await this.#log.read(this.#room, { limit: 1 });
    if (this.#closed) return;
    this.#last = entries.at(-1)?.id;
    this.#stop = this.#log.follow(this.#room, this.#last, (next) => this.#tell(next));
  }

  #read(since: string | undefined): Promise<Stretch> {
    return this.#log.read(this.#room, since === undefined ? { limit: LAST } : { since, limit: BATCH });
  }

  /** What is new is told at once, but where somebody waits for the middle of it. */
  #tell(entries: readonly Entry[]): void {
    let untold: string[] = [];
    for (const entry of entries) {
      untold.push(formatFrame(toMessage(entry)));
      this.#last = entry.id;
      const caughtUp = [...this.#waiting.values()].filter(({ last }) => last === entry.id);
      if (caughtUp.length === 0) continue;
      broadcast(this.#live, untold);
      untold = [];
      for (const { ws } of caughtUp) this.#goLive(ws);
    }
    broadcast(this.#live, untold);
  }

  #goLive(ws: Connection): void {
    this.#waiting.delete(ws);
    this.#live.add(ws);
    void ws.send(READY);
  }
}

/** An entry of the log, as it is sent. */
export function toMessage({ id, ref, nick, text, time }: Entry): ChatMessage {
  return { type: "message", id, ref, nick, text, time: new Date(time).toISOString() };
}

function isEnd({ entries, gap }: Stretch): boolean {
  return entries.length === 0 && !gap;
}

/** Awaits each: who reads slowly is not to be given up for the history that it asked for. */
async function replay(ws: Connection, { entries, gap }: Stretch): Promise<void> {
  if (gap) await ws.send(GAP);
  for (const entry of entries) await ws.send(formatFrame(toMessage(entry)));
}
