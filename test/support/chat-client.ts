import {
  type ChatMessage,
  type ErrorFrame,
  formatFrame,
  parseServerFrame,
  type ServerFrame,
} from "../../handlers/chat/protocol.ts";
import { RecordingClient } from "./recording-client.ts";
import type { TestServer } from "./server.ts";
import { until } from "./until.ts";

type Type = ServerFrame["type"];
type FrameOf<T extends Type> = ServerFrame & { readonly type: T };

/** How one comes into a room. */
export interface Entrance {
  readonly since?: string;
  readonly key?: string;
}

/** A member of a room, which reads frame by frame. */
export class ChatClient extends RecordingClient {
  /** All that it has received so far. */
  get frames(): ServerFrame[] {
    return this.history.map(parse);
  }

  /** Of all that it has received so far: the messages. */
  get messages(): ChatMessage[] {
    return this.frames.filter((frame) => frame.type === "message");
  }

  /** The next frame. */
  async frame(): Promise<ServerFrame> {
    return parse(await this.next());
  }

  /** The next frame of that type; those before it are passed over. */
  async nextOf<T extends Type>(type: T): Promise<FrameOf<T>> {
    for (;;) {
      const frame = await this.frame();
      if (isOf(frame, type)) return frame;
    }
  }

  /** The next frames, up to one of that type. */
  async upTo(type: Type): Promise<ServerFrame[]> {
    const frames = [await this.frame()];
    while (frames.at(-1)?.type !== type) frames.push(await this.frame());
    return frames;
  }

  say(ref: string, text: string): void {
    this.send(formatFrame({ type: "message", ref, text }));
  }

  /** Says something, and waits for the answer. */
  async tell(ref: string, text: string): Promise<FrameOf<"ack"> | ErrorFrame> {
    this.say(ref, text);
    for (;;) {
      const frame = await this.frame();
      if ((frame.type === "ack" || frame.type === "error") && frame.ref === ref) return frame;
    }
  }

  /** Says something that is taken; gives its id. */
  async ack(ref: string, text: string): Promise<string> {
    const answer = await this.tell(ref, text);
    if (answer.type === "ack") return answer.id;
    throw new Error(answer.message);
  }
}

/** Opens a member's connection, which has not read anything yet. */
export async function openChat(
  { wsUrl }: Pick<TestServer, "wsUrl">,
  room: string,
  nick: string,
  entrance: Entrance = {},
): Promise<ChatClient> {
  const query = new URLSearchParams({ nick, ...entrance });
  const client = new ChatClient(`${wsUrl}/chat/${encodeURIComponent(room)}/ws/?${query}`);
  await until(client.ws, "open");
  return client;
}

/** Opens a member's connection, and reads until it is ready. */
export async function joinChat(
  server: Pick<TestServer, "wsUrl">,
  room: string,
  nick: string,
  entrance?: Entrance,
): Promise<ChatClient> {
  const client = await openChat(server, room, nick, entrance);
  await client.nextOf("ready");
  return client;
}

function parse(data: unknown): ServerFrame {
  const frame = typeof data === "string" ? parseServerFrame(data) : undefined;
  if (frame) return frame;
  throw new Error(`Not a frame of the chat's: ${data}`);
}

function isOf<T extends Type>(frame: ServerFrame, type: T): frame is FrameOf<T> {
  return frame.type === type;
}
