/**
 * The wire format of the chat, as pure functions that the server, the command and the browser share: one JSON object a text
 * frame, at `/chat/:room/ws/?nick=NICK&since=ID&key=KEY`. `since` and `key` may be left out; by its KEY, a random string of at
 * most {@link MAX_KEY} characters, a client that comes back takes its nick from its own old connection. A room or nick that is
 * none is refused before the handshake, with 400.
 *
 * | when                | server → member                                                                          |
 * | ------------------- | ---------------------------------------------------------------------------------------- |
 * | on joining          | `welcome`, `gap` where some is no longer kept, the `message`s, oldest first, then `ready` |
 * | from `welcome` on   | `joined` and `left`, of others                                                            |
 * | from `ready` on     | each `message`, the member's own too; `typing`, of others                                 |
 * | in answer           | `ack`, once the message is durable; `error`                                              |
 *
 * | member → server                 |                                                                                 |
 * | ------------------------------- | ------------------------------------------------------------------------------- |
 * | `{"type":"message","ref","text"}` | a `ref` is unique to its nick: the same again gets the same `id`, and is said once |
 * | `{"type":"typing"}`             | passed on once in {@link TYPING_PACE}; expires after {@link TYPING_EXPIRES}      |
 *
 * Nicks that {@link foldNick} takes for one share their refs. A ref that was used once is not said again, with another text
 * either, and gets the first one's `ack`: random refs are the safest.
 * After an `error` the connection is open, and what it is about was not said: `flood` and `unavailable` ask for the same `ref`
 * again, later. Behind `nick-taken` it closes with 1008; so it does for who goes on against `flood`, or sends too much of
 * whatever else. A member who does not read is closed with 1013: it connects again, with `since`. {@link REPLACED} says not to
 * connect again.
 *
 * Over HTTP, as JSON: `GET /chat/rooms.json` gives a {@link RoomList}, `GET /chat/:room/messages/?before=ID&limit=50` a
 * {@link Page}. Both parameters may be left out; `limit` is at most {@link MAX_PAGE}.
 */

/** The longest text of a message, in characters (Unicode code points). */
export const MAX_TEXT = 4000;

/** The longest nick, in characters. */
export const MAX_NICK = 32;

/** The longest name of a room, in characters. */
export const MAX_ROOM = 64;

/** The longest `ref`, in characters. */
export const MAX_REF = 128;

/** The longest `key`, in characters. */
export const MAX_KEY = 128;

/** How many messages one gets who does not say since when, or how many. */
export const LAST = 50;

/** How many older messages one can ask for at once. */
export const MAX_PAGE = 200;

/** How many messages a member may send at once. */
export const FLOOD_BURST = 10;

/** How many it may send in the long run, a second. */
export const FLOOD_RATE = 2;

/** A member's `typing` is passed on once in so many milliseconds; more of them are dropped. */
export const TYPING_PACE = 1000;

/** So many milliseconds after `typing`, or with the next message of that nick, nobody types any more. */
export const TYPING_EXPIRES = 5000;

/** The close code for a connection whose nick was taken over by another one of the same client. */
export const REPLACED = 4001;

/** What was said in a room. */
export interface ChatMessage {
  readonly type: "message";
  /** Opaque: to be handed back only. */
  readonly id: string;
  /** The sender's own name for it, unique to that nick. */
  readonly ref: string;
  readonly nick: string;
  readonly text: string;
  /** When it was said: ISO 8601, UTC. */
  readonly time: string;
}

/** Why something that a member said was not taken. */
export type ErrorCode = "invalid" | "too-long" | "empty" | "flood" | "nick-taken" | "unavailable";

/** Says what was not taken, and what to do about it. */
export interface ErrorFrame {
  readonly type: "error";
  readonly code: ErrorCode;
  readonly message: string;
  /** Of which message, where that is known. */
  readonly ref?: string;
  /** With the code `flood`: how long to wait, in milliseconds. */
  readonly wait?: number;
}

/** What a server says. */
export type ServerFrame =
  | {
      readonly type: "welcome";
      readonly room: string;
      readonly nick: string;
      readonly members: readonly string[];
    }
  | { readonly type: "gap" | "ready" }
  | ChatMessage
  | { readonly type: "ack"; readonly ref: string; readonly id: string }
  | { readonly type: "joined" | "left" | "typing"; readonly nick: string }
  | ErrorFrame;

/** What a member says. */
export type MemberFrame =
  | { readonly type: "message"; readonly ref: string; readonly text: string }
  | { readonly type: "typing" };

/** The rooms with somebody in them, the fullest first; then those where something was said last. */
export interface RoomList {
  readonly rooms: readonly {
    readonly room: string;
    /** How many are in it. */
    readonly members: number;
    /** When something was said there last, where that is known: ISO 8601, UTC. */
    readonly time?: string;
  }[];
}

/** Messages from before one, oldest first. */
export interface Page {
  readonly messages: readonly ChatMessage[];
  /** Whether there are older ones. */
  readonly more: boolean;
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\u2800]/u;
const ROOM = /^(?!\p{M})[\p{L}\p{M}\p{Nd}_-]+$/u;
/** Half a surrogate pair, which only a JSON escape can bring: it would not reach anybody as it is. */
const HALF = /\p{Cs}/u;
const NOT_IN_NICK = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

/** Reads the name of a room, decoded; gives it in NFC, or undefined if it is none: 1 to 64 letters, digits, `-` and `_`. */
export function parseRoom(text: string): string | undefined {
  const room = text.normalize();
  return ROOM.test(room) && room.search(INVISIBLE) < 0 && isAtMost(room, MAX_ROOM) ? room : undefined;
}

/** Reads a nick; gives it trimmed and in NFC, or undefined if it is none: 1 to 32 characters, one of which can be seen. */
export function parseNick(text: string): string | undefined {
  const nick = text.trim().normalize();
  const visible = VISIBLE.test(nick.replace(INVISIBLE, ""));
  return visible && !NOT_IN_NICK.test(nick) && isAtMost(nick, MAX_NICK) ? nick : undefined;
}

/** What two nicks have in common that are the same to the eye: case and invisible characters do not tell them apart. */
export function foldNick(nick: string): string {
  const visible = nick
    .replace(INVISIBLE, "")
    .replace(/\p{Zs}+/gu, " ")
    .trim()
    .normalize();
  // Lower case alone would leave "ß" and "ss", or the two small sigmas, apart; upper case alone "ẞ" and "SS".
  return visible.toLowerCase().toUpperCase().toLowerCase().normalize();
}

/** Whether there is nothing to be seen in a text. It can be said all the same; who typed it did so by mistake. */
export function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, "").trim() === "";
}

/** Reads a frame of a member; where it is none, gives the error to answer with. */
export function parseMemberFrame(data: string): MemberFrame | ErrorFrame {
  const frame = parseObject(data);
  if (!frame)
    return refusal("invalid", 'Not a JSON object: send {"type":"message","ref":"k7Qz-1","text":"Hello"}');
  const { type, ref, text } = frame;
  if (type === "typing") return { type };
  if (type !== "message")
    return refusal("invalid", 'Unknown type: a member sends "message" or "typing"', ref);
  if (!isReference(ref))
    return refusal("invalid", `A message needs a "ref" of its own: a string of 1 to ${MAX_REF} characters`);
  if (!isAtMost(ref, MAX_REF)) return refusal("too-long", `A "ref" has at most ${MAX_REF} characters`, ref);
  return checkText(ref, text) ?? { type, ref, text: String(text) };
}

/** Reads a frame of a server; undefined for what a newer one may say, which is to be passed over. */
export function parseServerFrame(data: string): ServerFrame | undefined {
  const frame = parseObject(data);
  return frame && isServerFrame(frame) ? frame : undefined;
}

/** Writes a frame, of either side. */
export function formatFrame(frame: ServerFrame | MemberFrame): string {
  return JSON.stringify(frame);
}

/** Why a text is not taken; undefined if it is. */
function checkText(ref: string, text: unknown): ErrorFrame | undefined {
  if (typeof text !== "string") return refusal("invalid", 'A message needs a "text" that is a string', ref);
  if (HALF.test(text)) return refusal("invalid", "The text has half a surrogate pair in it", ref);
  if (text === "") return refusal("empty", "A text needs a character", ref);
  if (isAtMost(text, MAX_TEXT)) return undefined;
  return refusal("too-long", `A text has at most ${MAX_TEXT} characters: send it in parts`, ref);
}

/** Its author learns what it is about, unless that would make an answer longer than any message. */
function refusal(code: ErrorCode, message: string, ref?: unknown): ErrorFrame {
  const isKnown = isReference(ref) && isAtMost(ref, MAX_TEXT);
  return { type: "error", code, message, ...(isKnown && { ref }) };
}

function isReference(ref: unknown): ref is string {
  return typeof ref === "string" && ref !== "" && !HALF.test(ref);
}

/** What of each type is a string. */
const SERVER_FIELDS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["welcome", ["room", "nick"]],
  ["gap", []],
  ["message", ["id", "ref", "nick", "text", "time"]],
  ["ready", []],
  ["ack", ["ref", "id"]],
  ["joined", ["nick"]],
  ["left", ["nick"]],
  ["typing", ["nick"]],
  ["error", ["code", "message"]],
]);

function isServerFrame(frame: Record<string, unknown>): frame is Record<string, unknown> & ServerFrame {
  const fields = SERVER_FIELDS.get(frame.type);
  if (!fields?.every((name) => typeof frame[name] === "string")) return false;
  return frame.type !== "welcome" || isStrings(frame.members);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function parseObject(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a text has at most so many code points. */
function isAtMost(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && [...text].length <= max);
}
