/**
 * The wire format of the chat, as pure functions that the server, the command and the browser share: one JSON object a
 * text frame, at `/chat/:room/ws/?nick=NICK&since=ID&key=KEY`, where `since` and `key` may be left out.
 */

/** The longest text of a message, in characters (Unicode code points). */
export const MAX_TEXT = 4000;

/** The longest nick, in characters. */
export const MAX_NICK = 32;

/** The longest name of a room, in characters. */
export const MAX_ROOM = 64;

/** The longest `ref`, in characters. */
export const MAX_REF = 64;

/** How many messages one gets who does not say since when. */
export const LAST = 50;

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

/** What a server says. */
export type ServerFrame =
  | {
      readonly type: "welcome";
      readonly room: string;
      readonly nick: string;
      readonly members: readonly string[];
    }
  | { readonly type: "gap" }
  | ChatMessage
  | { readonly type: "ready" }
  | { readonly type: "ack"; readonly ref: string; readonly id: string }
  | { readonly type: "joined" | "left" | "typing"; readonly nick: string }
  | {
      readonly type: "error";
      readonly code: ErrorCode;
      readonly message: string;
      readonly ref?: string;
      /** With the code `flood`: how long to wait, in milliseconds. */
      readonly wait?: number;
    };

/** Why something that a member said was not taken. */
export type ErrorCode = "invalid" | "too-long" | "empty" | "flood" | "nick-taken" | "unavailable";

/** What a member says. */
export type MemberFrame =
  | { readonly type: "message"; readonly ref: string; readonly text: string }
  | { readonly type: "typing" };
