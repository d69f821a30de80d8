import { setTimeout as sleep } from "node:timers/promises";
import { Member } from "../../../commands/chat/member.ts";
import type { Connector } from "../../../commands/connector.ts";
import type { ChatMessage, ServerFrame } from "../../../handlers/chat/protocol.ts";
import { deferred } from "../../support/deferred.ts";
import { Recorder } from "./history.ts";
import { type Line, planLines } from "./plan.ts";

/** The refs of the first and the last message of a room. */
const OPENING = "opening";
const CLOSING = "closing";

/** The longest waits before connecting again, in milliseconds: the first, and any. */
const DELAYS = { firstDelay: 50, maxDelay: 500 };

/** What happened to all members together. */
export interface Counts {
  /** Connections that were ready. */
  connections: number;
  /** Messages that had no acknowledgement when a connection was lost. */
  cutOff: number;
  /** How often the server asked a member to wait. */
  floods: number;
  /** Messages that were heard, by all who heard them. */
  deliveries: number;
}

/** Where a crowd is, and who counts. */
export interface CrowdOptions {
  /** Of the servers: the members are spread over them. */
  readonly urls: readonly string[];
  readonly connect: Connector;
  readonly seed: number;
  readonly counts: Counts;
}

/** The members of one room, who write, and take down all that they hear. */
export class Crowd {
  readonly recorder: Recorder;
  readonly #options: CrowdOptions;
  readonly #members = new Map<number, Member>();
  readonly #broken = deferred<never>();
  /** Who is in the room, as far as they know. */
  readonly #present = new Set<number>();
  /** Who has not heard the end yet. */
  readonly #listening = new Set<number>();
  readonly #heardByAll = deferred();

  constructor(room: string, options: CrowdOptions) {
    this.recorder = new Recorder(room);
    this.#options = options;
    // It is for whoever waits for it.
    this.#broken.promise.catch(() => {});
  }

  /** Rejects if a member is put out of the room. */
  get broken(): Promise<never> {
    return this.#broken.promise;
  }

  /**
   * Lets the members in. The first one says something before the others come: who has not heard anything yet could not ask for
   * what it misses.
   */
  async enter(numbers: readonly number[]): Promise<void> {
    const [first = 0, ...others] = numbers;
    await this.#say(first, this.#join(first), OPENING, "Is there anybody?");
    await Promise.all(others.map((number) => this.#join(number).ready));
  }

  /** Lets all write until the signal aborts; resolves when all that they said is acknowledged. */
  async write(signal: AbortSignal): Promise<void> {
    await Promise.all(Array.from(this.#members, ([number, member]) => this.#write(number, member, signal)));
  }

  /** Says a last message; resolves when all have heard it, or the signal aborts. */
  async close(signal: AbortSignal): Promise<void> {
    for (const [number, member] of this.#members) {
      for (const each of this.#members.keys()) this.#listening.add(each);
      await this.#say(number, member, CLOSING, "Good night!");
      break;
    }
    signal.addEventListener("abort", () => this.#heardByAll.resolve());
    if (this.#listening.size > 0 && !signal.aborted) await this.#heardByAll.promise;
  }

  async leave(): Promise<void> {
    await Promise.all(Array.from(this.#members.values(), (member) => member.leave().catch(() => {})));
  }

  #join(number: number): Member {
    const nick = nickOf(number);
    const { urls, connect, counts } = this.#options;
    this.recorder.join(nick);
    const member = new Member({
      url: urls[this.#members.size % urls.length] ?? "",
      room: this.recorder.room,
      nick,
      connect,
      ...DELAYS,
      onFrame: (frame) => this.#hear(number, frame),
      onRepeat: (message) => this.#hear(number, message),
      onOffline: () => {
        if (this.#present.delete(number)) counts.cutOff += member.pending;
      },
    });
    member.ended.catch((error: unknown) => this.#broken.reject(error));
    this.#members.set(number, member);
    return member;
  }

  #hear(number: number, frame: ServerFrame): void {
    const { counts } = this.#options;
    if (frame.type === "ready") {
      this.#present.add(number);
      counts.connections += 1;
    }
    if (frame.type === "error" && frame.code === "flood") counts.floods += 1;
    if (frame.type === "message") this.#take(number, frame);
  }

  #take(number: number, message: ChatMessage): void {
    this.#options.counts.deliveries += 1;
    this.recorder.hear(nickOf(number), message);
    if (message.ref !== CLOSING) return;
    this.#listening.delete(number);
    if (this.#listening.size === 0) this.#heardByAll.resolve();
  }

  /** Goes on writing while there is no server: what is said then waits in the member. */
  async #write(number: number, member: Member, signal: AbortSignal): Promise<void> {
    const saying: Promise<void>[] = [];
    let count = 0;
    for await (const { text } of paced(planLines(this.#options.seed, number), signal)) {
      const said = this.#say(number, member, String(count++), text);
      // Who waits for all of them does so only at the end.
      said.catch(() => {});
      saying.push(said);
    }
    await Promise.all(saying);
  }

  async #say(number: number, member: Member, ref: string, text: string): Promise<void> {
    const nick = nickOf(number);
    this.recorder.write(nick, ref, text);
    const id = await member.say(text, ref);
    this.recorder.acknowledge({ id, nick, ref, text });
  }
}

/** Each line behind its pause, until the signal aborts. */
async function* paced(lines: Iterable<Line>, signal: AbortSignal): AsyncGenerator<Line, void> {
  for (const line of lines) {
    await sleep(line.pause, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    yield line;
  }
}

function nickOf(number: number): string {
  return `member ${number}`;
}
