import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type ChatMessage,
  type ErrorFrame,
  formatFrame,
  parseMemberFrame,
  parseServerFrame,
  type ServerFrame,
} from "../../handlers/chat/protocol.ts";
import { backoff } from "../../middleware/client/backoff.ts";
import { connect as connectOnce } from "../../middleware/connect.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { Message } from "../../middleware/message.ts";
import { failureCause } from "../failure.ts";
import { finalError } from "./final-error.ts";
import { keepWatch } from "./keep-watch.ts";
import { Outgoing, Refused } from "./outgoing.ts";
import { printable } from "./printable.ts";
import { Recent } from "./recent.ts";

/** How many messages are remembered, to pass over what comes again. */
const REMEMBERED = 20_000;

/** A room with ten thousand members has a long welcome, in bytes. */
const MAX_PAYLOAD = 16 * 1024 ** 2;

/** After how many milliseconds a handshake that the server does not answer fails. */
const HANDSHAKE_TIMEOUT = 20_000;

/** The connection is lost, or could not be made. */
export interface Offline {
  /** In a few words, fit for a terminal. */
  readonly reason: string;
  /** In how many milliseconds the next attempt follows. */
  readonly delay: number;
}

/** Who would like to be in which room, and who is told of what happens there. Times are in milliseconds. */
export interface MemberOptions {
  /** The server's base URL, such as `ws://localhost:8000`. */
  readonly url: string;
  readonly room: string;
  readonly nick: string;
  /** The last message that is known. Default: none, which gives the latest ones. */
  readonly since?: string | undefined;
  /** The secret that takes one's own nick back from a connection of which nobody knows yet that it is dead. Default: a random one. */
  readonly key?: string;
  /** The first delay's upper bound; each further one's is twice as long. Default: 500. */
  readonly firstDelay?: number;
  /** The upper bound that no delay exceeds. Default: 15,000. */
  readonly maxDelay?: number;
  /** Makes a connection. Default: to wherever the URL leads at that time. */
  readonly connect?: (url: string) => Promise<Connection>;
  /** Told of all that the server says, but no message twice. */
  readonly onFrame?: (frame: ServerFrame) => void;
  /** Told of a message that came before. Default: nobody, it is passed over. */
  readonly onRepeat?: (message: ChatMessage) => void;
  readonly onConnecting?: () => void;
  readonly onOffline?: (offline: Offline) => void;
}

/**
 * A member of a room, who outlives connections: it connects again with the last message that it knows of, and says once more, with
 * the same ref, what it got no answer for. So nothing is missed, and nothing said twice.
 */
export class Member {
  /**
   * Resolves when the member has left.
   *
   * @throws CommandError, as a rejection, if the server does not want it in the room: to try again would be no help
   */
  readonly ended: Promise<void>;
  /** Resolves when all that was said before has come, for the first time. */
  readonly ready: Promise<void>;
  readonly #options: MemberOptions;
  readonly #key: string;
  readonly #outgoing = new Outgoing();
  readonly #seen = new Recent(REMEMBERED);
  readonly #life = new AbortController();
  #onReady: () => void = () => {};
  #last: string | undefined;
  #refusal: ErrorFrame | undefined;
  #failures = 0;
  #ws: Connection | undefined;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#key = options.key ?? randomUUID();
    this.#last = options.since;
    this.ready = new Promise((resolve) => {
      this.#onReady = resolve;
    });
    this.ended = this.#live();
    // Whoever does not ask how it ended is not to be told by the process's end.
    this.ended.catch(() => {});
  }

  /** How many messages are not acknowledged yet. */
  get pending(): number {
    return this.#outgoing.size;
  }

  /**
   * Says something. Resolves with its id once it is durable, however many connections that takes.
   *
   * @param ref unique to the nick. Default: a random one
   * @throws Refused, as a rejection, if it cannot be said
   */
  async say(text: string, ref: string = randomUUID()): Promise<string> {
    // Asked here, since a server that is sent far too much closes instead of answering, and would so again each time.
    const frame = parseMemberFrame(formatFrame({ type: "message", ref, text }));
    if (frame.type !== "error") return this.#outgoing.add(ref, text);
    this.#options.onFrame?.(frame);
    throw new Refused(frame);
  }

  /** Resolves when all that was said is acknowledged or refused. */
  idle(): Promise<void> {
    return this.#outgoing.idle();
  }

  /** Leaves the room, with 1000; resolves when the connection is gone. What is not acknowledged may be said or not. */
  async leave(): Promise<void> {
    this.#life.abort();
    await this.#ws?.close();
    await this.ended;
  }

  async #live(): Promise<void> {
    const { firstDelay = 500, maxDelay = 15_000, onConnecting, onOffline } = this.#options;
    const { signal } = this.#life;
    try {
      // In a moment, so that the callbacks may use the member.
      await Promise.resolve();
      while (!signal.aborted) {
        onConnecting?.();
        const reason = await this.#attend();
        if (signal.aborted) return;
        const delay = backoff(this.#failures++, firstDelay, maxDelay);
        onOffline?.({ reason, delay });
        await sleep(delay, undefined, { signal }).catch(() => {});
      }
    } catch (error) {
      this.#outgoing.end(error);
      throw error;
    }
  }

  /** One connection, from the handshake to its end; gives why it ended. */
  async #attend(): Promise<string> {
    const { connect = connectTo } = this.#options;
    try {
      return await this.#stay(await connect(this.#address()));
    } catch (error) {
      const final = this.#life.signal.aborted ? undefined : finalError(error, this.#refusal, this.#options);
      if (final) throw final;
      return printable(failureCause(error));
    }
  }

  /** Hears what comes; throws ConnectionClosed at the end. */
  async #stay(ws: Connection): Promise<never> {
    this.#ws = ws;
    const stopWatch = keepWatch(ws);
    try {
      if (this.#life.signal.aborted) void ws.close();
      for (;;) this.#hear(ws, await ws.recv());
    } finally {
      this.#outgoing.stop();
      stopWatch();
    }
  }

  #hear(ws: Connection, data: Message): void {
    const frame = typeof data === "string" ? parseServerFrame(data) : undefined;
    if (!frame) return;
    if (frame.type === "message" && !this.#isNew(frame)) this.#options.onRepeat?.(frame);
    else this.#take(ws, frame);
  }

  #take(ws: Connection, frame: ServerFrame): void {
    this.#options.onFrame?.(frame);
    if (frame.type === "ready") this.#start(ws);
    else if (frame.type === "ack") this.#outgoing.kept(frame.ref, frame.id);
    else if (frame.type === "error") {
      this.#refusal = frame;
      this.#outgoing.refused(frame);
    }
  }

  #start(ws: Connection): void {
    this.#failures = 0;
    this.#refusal = undefined;
    this.#onReady();
    this.#outgoing.start((frame) => void ws.send(formatFrame(frame)));
  }

  #isNew({ id }: ChatMessage): boolean {
    this.#last = id;
    return this.#seen.add(id);
  }

  #address(): string {
    const { url: base, room, nick } = this.#options;
    const url = new URL(base);
    url.pathname = `${url.pathname.replace(/\/$/, "")}/chat/${encodeURIComponent(room)}/ws/`;
    for (const [name, value] of Object.entries({ nick, key: this.#key, since: this.#last })) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url.href;
  }
}

function connectTo(url: string): Promise<Connection> {
  return connectOnce(url, { handshakeTimeout: HANDSHAKE_TIMEOUT, maxPayload: MAX_PAYLOAD });
}
