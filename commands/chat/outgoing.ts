import type { ErrorFrame, MemberFrame } from "../../handlers/chat/protocol.ts";

/** The first wait before what the server could not keep is sent again, in milliseconds; each further one is twice as long. */
const FIRST_WAIT = 1_000;

/** The longest such wait, in milliseconds. */
const MOST_WAIT = 30_000;

/** The server does not take a message, now or ever. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly frame: ErrorFrame;

  constructor(frame: ErrorFrame) {
    super(frame.message);
    this.frame = frame;
  }
}

interface Waiting {
  readonly ref: string;
  readonly text: string;
  resolve(id: string): void;
  reject(reason: unknown): void;
}

/**
 * The messages on their way out, which outlive connections. One is under way at a time, so that they arrive in the order in which
 * they were said, and a flood of them goes only as fast as the server allows. What got no answer is sent again, with its ref.
 */
export class Outgoing {
  readonly #waiting: Waiting[] = [];
  readonly #onIdle: (() => void)[] = [];
  #send: ((frame: MemberFrame) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #wait = FIRST_WAIT;
  #failure: { readonly error: unknown } | undefined;

  /** How many are not acknowledged yet. */
  get size(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves with the message's id once the server has kept it.
   *
   * @throws Refused, as a rejection, if the server does not take it
   */
  add(ref: string, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure.error);
      this.#waiting.push({ ref, text, resolve, reject });
      if (this.#waiting.length === 1) this.#next();
    });
  }

  /** There is a connection to send on: begins with what the last one took no answer for. */
  start(send: (frame: MemberFrame) => void): void {
    this.#send = send;
    this.#next();
  }

  /** The connection is lost. */
  stop(): void {
    this.#send = undefined;
    clearTimeout(this.#timer);
  }

  /** The server has kept a message. */
  kept(ref: string, id: string): void {
    if (ref !== this.#waiting[0]?.ref) return;
    this.#wait = FIRST_WAIT;
    this.#waiting.shift()?.resolve(id);
    this.#next();
  }

  /** The server has not taken a message: now, so that it is sent again, or at all. */
  refused(frame: ErrorFrame): void {
    if (frame.ref === undefined || frame.ref !== this.#waiting[0]?.ref) return;
    if (frame.code === "flood") this.#rest(frame.wait ?? FIRST_WAIT);
    else if (frame.code === "unavailable") {
      this.#rest(this.#wait);
      this.#wait = Math.min(this.#wait * 2, MOST_WAIT);
    } else {
      this.#waiting.shift()?.reject(new Refused(frame));
      this.#next();
    }
  }

  /** Resolves when nothing waits any more, or nothing will be sent. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) resolve();
      else this.#onIdle.push(resolve);
    });
  }

  /** There will be no connection any more: what waits rejects, and what comes. */
  end(error: unknown): void {
    this.stop();
    this.#failure = { error };
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.#tellIdle();
  }

  #next(): void {
    clearTimeout(this.#timer);
    const first = this.#waiting[0];
    if (first) this.#send?.({ type: "message", ref: first.ref, text: first.text });
    else this.#tellIdle();
  }

  #rest(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), wait);
  }

  #tellIdle(): void {
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
