import type { ErrorCode, MemberFrame } from "../../../../handlers/chat/protocol.ts";
import type { Outbox, Outgoing } from "./outgoing.ts";

/** The first wait before what the server could not keep is sent again, in milliseconds; each further one is twice as long. */
const FIRST_WAIT = 1_000;

/** The longest such wait, in milliseconds. */
const MOST_WAIT = 30_000;

/** How long an answer may take before the connection counts as dead, in milliseconds. */
const ANSWER_TIMEOUT = 20_000;

/** How long what is kept may take to be heard in the room, in milliseconds: what was said long ago will not be once more. */
const LINGER = 5_000;

/** What passes by itself: what the server says of it is for programs. */
const PASSING: ReadonlyMap<ErrorCode, string> = new Map([
  ["flood", "Too many messages at once. This one follows by itself."],
  ["unavailable", "The server cannot keep this at the moment. It will be sent again."],
]);

/** What a refusal says. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** How long to wait, in milliseconds, if the server says so. */
  readonly wait?: number | undefined;
}

/** What a sender works with. */
export interface SenderOptions {
  /** Gives a frame to the open connection. */
  send(frame: MemberFrame): void;
  /** No answer came in time: the connection is to be made anew. */
  onStall(): void;
  /** Something about a message has changed. */
  onChange(): void;
  /** How long an answer may take, in milliseconds. Default: 20,000. */
  answerTimeout?: number;
  /** How long a message that is kept stays in the outbox if it is not heard, in milliseconds. Default: 5,000. */
  linger?: number;
}

/** Brings the outbox's messages to the server. */
export interface Sender {
  /** There is a connection on which all that was missed has come: what is not in the room by now has to be sent. */
  start(): void;
  /** The connection is lost. */
  stop(): void;
  /** There is something to be sent. */
  wake(): void;
  /** The server has kept a message. */
  kept(ref: string): void;
  /** A message is in the room; nothing if it is none of these. */
  heard(ref: string): void;
  refused(ref: string, refusal: Refusal): void;
  /** Sends a message again that was not taken, now. */
  again(ref: string): void;
  /** Takes a message away. */
  drop(ref: string): void;
}

/**
 * Creates a sender. One message is under way at a time, so that they arrive in the order in which they were written,
 * and a flood of them goes only as fast as the server allows.
 */
export function createSender(outbox: Outbox, options: SenderOptions): Sender {
  const { send, onStall, onChange, answerTimeout = ANSWER_TIMEOUT, linger = LINGER } = options;
  let isStarted = false;
  let underWay: string | undefined;
  let wait = FIRST_WAIT;
  let pause: "asked for" | "chosen" | undefined;
  let answerTimer: ReturnType<typeof setTimeout> | undefined;
  let pauseTimer: ReturnType<typeof setTimeout> | undefined;

  function next(): void {
    const message = outbox.messages.find(({ state }) => state === "waiting");
    if (message && isStarted && !underWay && !pause) dispatch(message);
    onChange();
  }

  function dispatch({ ref, text }: Outgoing): void {
    underWay = ref;
    outbox.update(ref, { state: "sent", problem: undefined, follows: undefined });
    answerTimer = setTimeout(onStall, answerTimeout);
    send({ type: "message", ref, text });
  }

  function answered(ref: string): void {
    if (underWay !== ref) return;
    underWay = undefined;
    clearTimeout(answerTimer);
  }

  function rest(kind: typeof pause, delay: number): void {
    pause = kind;
    clearTimeout(pauseTimer);
    pauseTimer = setTimeout(resume, delay);
  }

  function resume(): void {
    pause = undefined;
    clearTimeout(pauseTimer);
    next();
  }

  return {
    start() {
      isStarted = true;
      // What the server has kept has been said by now; if not, it is no longer in the history.
      for (const { ref, state } of outbox.messages) if (state === "kept") outbox.remove(ref);
      next();
    },
    stop() {
      isStarted = false;
      if (underWay) outbox.update(underWay, { state: "waiting" });
      if (underWay) answered(underWay);
      onChange();
    },
    wake: next,
    kept(ref) {
      wait = FIRST_WAIT;
      outbox.update(ref, { state: "kept", problem: undefined });
      setTimeout(() => outbox.remove(ref) && onChange(), linger);
      answered(ref);
      next();
    },
    heard(ref) {
      if (!outbox.remove(ref)) return;
      answered(ref);
      next();
    },
    refused(ref, { code, message, wait: told }) {
      const problem = PASSING.get(code) ?? message;
      const state = PASSING.has(code) ? "waiting" : "refused";
      outbox.update(ref, { state, problem, follows: code === "flood" });
      answered(ref);
      if (PASSING.has(code)) rest(told === undefined ? "chosen" : "asked for", told ?? wait);
      if (code === "unavailable") wait = Math.min(wait * 2, MOST_WAIT);
      next();
    },
    again(ref) {
      outbox.update(ref, { state: "waiting", problem: undefined });
      if (pause === "chosen") resume();
      else next();
    },
    drop(ref) {
      outbox.remove(ref);
      answered(ref);
      next();
    },
  };
}
