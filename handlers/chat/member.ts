import { type Connection, type Message, WebSocketError } from "../../middleware/index.ts";
import { RegistryUnavailable } from "../registry/registry.ts";
import { LogUnavailable } from "./log/log.ts";
import { type ErrorFrame, formatFrame, type MemberFrame, parseMemberFrame } from "./protocol.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Seat } from "./seat.ts";

/** Policy Violation (RFC 6455 §7.4.1). */
const POLICY_VIOLATION = 1008;

/** Try Again Later (IANA WebSocket close codes). */
const TRY_AGAIN_LATER = 1013;

/** Who would like to be in which room. */
export interface Joining {
  /** The room's name, in NFC. */
  readonly room: string;
  readonly nick: string;
  /** The last message that the client knows of. */
  readonly since: string | undefined;
  readonly key: string | undefined;
}

/** One who is in a room: hears what was said, then says something, and hears what the others say. */
export async function member(
  ws: Connection,
  rooms: Rooms,
  { nick, key, since, ...to }: Joining,
): Promise<void> {
  const room = rooms.get(to.room);
  const seat = await enter(ws, room, nick, key);
  try {
    await catchUp(ws, room, since);
    for await (const message of ws) await hear(ws, room, seat, message);
  } finally {
    room.leave(ws, seat);
  }
}

async function enter(ws: Connection, room: Room, nick: string, key: string | undefined): Promise<Seat> {
  const seat = await room.enter(ws, nick, key).catch((error: unknown) => {
    if (!(error instanceof RegistryUnavailable)) throw error;
    tell(ws, "unavailable", "Nobody can enter at the moment: connect again, later");
    throw new WebSocketError(TRY_AGAIN_LATER, "The registry is unavailable");
  });
  if (seat) return seat;
  tell(ws, "nick-taken", `Somebody here is called ${nick}: choose another nick`);
  throw new WebSocketError(POLICY_VIOLATION, "This nick is taken");
}

async function catchUp(ws: Connection, room: Room, since: string | undefined): Promise<void> {
  try {
    await room.catchUp(ws, since);
  } catch (error) {
    if (!(error instanceof LogUnavailable)) throw error;
    tell(ws, "unavailable", "What was said cannot be read at the moment: connect again, later");
    throw new WebSocketError(TRY_AGAIN_LATER, "The log is unavailable");
  }
}

async function hear(ws: Connection, room: Room, seat: Seat, message: Message): Promise<void> {
  if (typeof message !== "string") return tell(ws, "invalid", "Binary: send one JSON object a text frame");
  const frame = parseMemberFrame(message);
  if (frame.type === "error") send(ws, frame);
  else if (frame.type === "message") await say(ws, room, seat, frame);
  else if (seat.typing.take() === 0) room.type(seat);
}

async function say(
  ws: Connection,
  room: Room,
  seat: Seat,
  { ref, text }: Extract<MemberFrame, { type: "message" }>,
): Promise<void> {
  const wait = seat.allowance.take();
  if (wait > 0) {
    if (seat.patience.take() > 0) throw new WebSocketError(POLICY_VIOLATION, "Too many messages");
    return tell(ws, "flood", `Too many messages at once: send it again in ${wait} ms`, { ref, wait });
  }
  try {
    const { id } = await room.say(seat, ref, text);
    void ws.send(formatFrame({ type: "ack", ref, id }));
  } catch (error) {
    if (!(error instanceof LogUnavailable)) throw error;
    tell(ws, "unavailable", "This cannot be kept at the moment: send it again, later", { ref });
  }
}

function tell(
  ws: Connection,
  code: ErrorFrame["code"],
  message: string,
  more: Pick<ErrorFrame, "ref" | "wait"> = {},
): void {
  send(ws, { type: "error", code, message, ...more });
}

/** Nobody waits for these: what a member is told must not keep what it has said before it left from being heard. */
function send(ws: Connection, frame: ErrorFrame): void {
  void ws.send(formatFrame(frame));
}
