/** How a side's members talk. */
export type ChatDialectName = "chat" | "socket.io";

/** What a member makes of a text of the server: it is in the room, hears a message, has to answer, or was refused something. */
export type Meaning = "in" | "message" | "refused" | { readonly answer: string };

/** How members talk, in texts. */
export interface ChatDialect {
  /** The URL that a member connects to, without its host. */
  path(nick: string): string;
  /** What a text means, by how it begins: the first that fits. What none fits is of no interest. */
  readonly meanings: readonly { readonly beginning: Buffer; readonly meaning: Meaning }[];
  /** A message, as a member sends it. */
  message(ref: string, text: string): string;
}

export const CHAT_DIALECTS: Readonly<Record<ChatDialectName, ChatDialect>> = {
  chat: {
    path: (nick) => `/chat/crowd/ws/?nick=${nick}`,
    meanings: [
      { beginning: Buffer.from('{"type":"message"'), meaning: "message" },
      { beginning: Buffer.from('{"type":"ready"'), meaning: "in" },
      { beginning: Buffer.from('{"type":"error"'), meaning: "refused" },
    ],
    message: (ref, text) => JSON.stringify({ type: "message", ref, text }),
  },
  // Engine.IO 4 opens with its handshake ("0"), which "40" answers with a connection to the main namespace; the server
  // confirms that ("40") or not ("44"). An event is "42", "420" one that is to be acknowledged as number 0, and "2" a ping.
  "socket.io": {
    path: (nick) => `/socket.io/?EIO=4&transport=websocket&nick=${nick}`,
    meanings: [
      { beginning: Buffer.from('42["message"'), meaning: "message" },
      { beginning: Buffer.from("2"), meaning: { answer: "3" } },
      { beginning: Buffer.from("0{"), meaning: { answer: "40" } },
      { beginning: Buffer.from("40"), meaning: "in" },
      { beginning: Buffer.from("44"), meaning: "refused" },
    ],
    message: (ref, text) => `420${JSON.stringify(["message", { ref, text }])}`,
  },
};

/** What a text means that is between two offsets; undefined for what is of no interest. */
export function meaningOf(
  { meanings }: ChatDialect,
  bytes: Buffer,
  start: number,
  end: number,
): Meaning | undefined {
  for (const { beginning, meaning } of meanings) {
    if (begins(beginning, bytes, start, end)) return meaning;
  }
  return undefined;
}

/** From its end, which tells messages of one format apart sooner. */
function begins(beginning: Buffer, bytes: Buffer, start: number, end: number): boolean {
  let index = beginning.length - 1;
  if (start + index >= end) return false;
  while (index >= 0 && bytes[start + index] === beginning[index]) index -= 1;
  return index < 0;
}
