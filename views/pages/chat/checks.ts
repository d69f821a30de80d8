import {
  type ErrorFrame,
  formatFrame,
  isBlank,
  MAX_NICK,
  MAX_ROOM,
  parseMemberFrame,
  parseNick,
  parseRoom,
} from "../../../handlers/chat/protocol.ts";

/** What became of what somebody typed: the value, or what is wrong with it, for its author to read. */
export type Checked = { readonly value: string } | { readonly problem: string };

/** Reads a nick out of a field. */
export function checkNick(text: string): Checked {
  const value = parseNick(text);
  if (value !== undefined) return { value };
  const length = lengthOf(text);
  if (length === 0) return { problem: "Pick a nick first." };
  if (length > MAX_NICK)
    return { problem: `A nick has at most ${MAX_NICK} characters, and this one ${length}.` };
  return { problem: "A nick needs a character that can be seen, and none that controls text." };
}

/** Reads the name of a room out of a field. */
export function checkRoom(text: string): Checked {
  const value = parseRoom(text.trim());
  if (value !== undefined) return { value };
  const length = lengthOf(text);
  if (length === 0) return { problem: "Name a room first." };
  if (length > MAX_ROOM)
    return { problem: `The name of a room has at most ${MAX_ROOM} characters, and this one ${length}.` };
  return { problem: "Name it with letters, digits, “-” and “_”, without spaces." };
}

/** Checks the text of a message as the server will, which lets one say what nobody sees, too. */
export function checkText(text: string): Checked {
  if (isBlank(text)) return { problem: "Write something that can be seen." };
  const frame = parseMemberFrame(formatFrame({ type: "message", ref: "check", text }));
  return frame.type === "error" ? { problem: explain(frame, text) } : { value: text };
}

function explain({ code, message }: ErrorFrame, text: string): string {
  return code === "too-long" ? `${message} (it has ${lengthOf(text)}).` : `${message}.`;
}

/** The length in characters as the server counts them, without the white space around. */
function lengthOf(text: string): number {
  return [...text.trim().normalize()].length;
}
