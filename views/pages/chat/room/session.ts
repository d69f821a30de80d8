import {
  type ErrorFrame,
  formatFrame,
  type MemberFrame,
  parseServerFrame,
  REPLACED,
  type ServerFrame,
} from "../../../../handlers/chat/protocol.ts";
import { type Client, connect } from "../../../../middleware/client/index.ts";

/** `POLICY_VIOLATION` of RFC 6455 §7.4.1: the nick is taken, or a flood went on. */
const REFUSED = 1008;

/** What the connection to the room is doing. The last three are for the reader to decide about: it stays closed. */
export type SessionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "ready" }
  /** The next attempt follows after `delay` milliseconds. */
  | { readonly kind: "waiting"; readonly delay: number }
  | { readonly kind: "nick-taken"; readonly reason: string }
  /** The same nick came from another tab of this browser. */
  | { readonly kind: "replaced" }
  | { readonly kind: "refused"; readonly reason: string };

/** What a session works with. */
export interface SessionOptions {
  /** The secret that takes one's own nick back. */
  readonly key: string;
  /** The last message that is known, from behind which the server is to go on; undefined for none. */
  since(): string | undefined;
  onFrame(frame: ServerFrame): void;
  onState(state: SessionState): void;
}

/** One's presence in the room, which outlives connections. */
export interface Session {
  /** Enters under a nick; under another one than before after leaving. */
  enter(nick: string): void;
  /** Connects anew: the connection is dead, though nobody said so. */
  again(): void;
  /** Sends a frame if the connection is open; otherwise it is lost. */
  send(frame: MemberFrame): void;
}

/** Creates a session that is not in the room yet. */
export function createSession({ key, since, onFrame, onState }: SessionOptions): Session {
  let client: Client | undefined;
  let nick = "";

  function address(): string {
    const query = new URLSearchParams({ nick, key });
    const last = since();
    if (last !== undefined) query.set("since", last);
    return `ws/?${query}`;
  }

  function enter(as: string): void {
    client?.close();
    nick = as;
    const next: Client = connect(address, {
      stopOn: [REFUSED, REPLACED],
      onConnecting: () => next === client && onState({ kind: "connecting" }),
      onClose: ({ delay }) => next === client && delay !== undefined && onState({ kind: "waiting", delay }),
    });
    client = next;
    follow(next);
  }

  async function follow(current: Client): Promise<void> {
    let refusal: ErrorFrame | undefined;
    try {
      for await (const data of current) {
        const frame = parseServerFrame(String(data));
        if (!frame || current !== client) continue;
        if (frame.type === "welcome") refusal = undefined;
        if (frame.type === "error") refusal = frame;
        onFrame(frame);
        if (frame.type === "ready" && current.state === "open") onState({ kind: "ready" });
      }
    } catch {
      // How it ended is told below.
    }
    const { code } = await current.closed;
    if (current === client) onState(ending(code, refusal));
  }

  return {
    enter,
    again: () => enter(nick),
    send(frame) {
      if (client?.state === "open") client.send(formatFrame(frame));
    },
  };
}

/** Why the connection stays closed, by its close code and the last error. */
function ending(code: number, refusal: ErrorFrame | undefined): SessionState {
  if (code === REPLACED) return { kind: "replaced" };
  const reason = refusal?.message ?? "";
  return refusal?.code === "nick-taken" ? { kind: "nick-taken", reason } : { kind: "refused", reason };
}
