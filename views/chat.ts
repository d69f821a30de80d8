import { type NextFunction, type Request, type Response, Router } from "express";
import { toMessage } from "../handlers/chat/feed.ts";
import { type Log, LogUnavailable } from "../handlers/chat/log/log.ts";
import { type Joining, member } from "../handlers/chat/member.ts";
import {
  LAST,
  MAX_KEY,
  MAX_NICK,
  MAX_PAGE,
  MAX_ROOM,
  type Page,
  parseNick,
  parseRoom,
} from "../handlers/chat/protocol.ts";
import type { Rooms } from "../handlers/chat/rooms.ts";
import { RegistryUnavailable } from "../handlers/registry/registry.ts";
import { type WebSocketOptions, websocket } from "../middleware/index.ts";
import { page } from "./pages.ts";
import { Refusal } from "./refusal.ts";

type InRoom = Request<{ room: string }>;

/** What a member may send of whatever kind, in frames a second and at once: one more closes with 1008. */
const PACE = { maxMessagesPerSecond: 20, maxMessageBurst: 200 };

/**
 * The chat: its two pages, the WebSocket view of a room's members, and over plain HTTP the list of rooms and older messages.
 *
 * @param options of its WebSocket view
 */
export function chat(rooms: Rooms, options: WebSocketOptions = {}): Router {
  const router = Router();
  router.get("/", page("chat/lobby"));
  // No room has a dot in its name.
  router.get("/rooms.json", async function list(_req, res) {
    sendJson(res, await rooms.list().catch(refuse));
  });
  router.get("/:room/", checkRoom, page("chat/room"));
  router.get("/:room/messages/", async function messages(req, res) {
    sendJson(res, await older(rooms.log, req).catch(refuse));
  });
  router.get(
    "/:room/ws/",
    checkJoining,
    websocket<{ room: string }>((ws, req) => member(ws, rooms, joiningOf(req)), { ...PACE, ...options }),
  );
  return router;
}

async function older(log: Log, req: InRoom): Promise<Page> {
  const limit = limitOf(req);
  const before = parameter(req, "before");
  // One more tells whether there are more.
  const { entries } = await log.read(roomOf(req), { before, limit: limit + 1 });
  return { messages: entries.slice(-limit).map(toMessage), more: entries.length > limit };
}

/** A room or nick that is none is refused in plain HTTP, before the handshake. */
function checkJoining(req: InRoom, _res: Response, next: NextFunction): void {
  joiningOf(req);
  next();
}

function checkRoom(req: InRoom, _res: Response, next: NextFunction): void {
  roomOf(req);
  next();
}

function joiningOf(req: InRoom): Joining {
  const nick = parseNick(parameter(req, "nick") ?? "");
  if (nick === undefined)
    throw new Refusal(
      400,
      `Say who you are with ?nick=: 1 to ${MAX_NICK} characters that can be seen, no control characters`,
    );
  const key = parameter(req, "key");
  if (key !== undefined && key.length > MAX_KEY)
    throw new Refusal(400, `A key has at most ${MAX_KEY} characters`);
  return { room: roomOf(req), nick, since: parameter(req, "since"), key };
}

/** The name of the room, the same however it was written: Express has decoded it. */
function roomOf({ params }: InRoom): string {
  const room = parseRoom(params.room);
  if (room !== undefined) return room;
  throw new Refusal(400, `The name of a room is 1 to ${MAX_ROOM} letters, digits, "-" and "_"`);
}

function limitOf(req: Request<{ room: string }>): number {
  const text = parameter(req, "limit") ?? String(LAST);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_PAGE) return limit;
  throw new Refusal(400, `"limit" has to be an integer from 1 to ${MAX_PAGE}`);
}

/** A parameter of the query; an empty one is as good as none. */
function parameter({ query }: InRoom, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") return value;
  throw new Refusal(400, `Give "${name}" once`);
}

function refuse(error: unknown): never {
  if (!(error instanceof LogUnavailable || error instanceof RegistryUnavailable)) throw error;
  throw new Refusal(503, "What was said cannot be read at the moment: try again, later", {
    "Retry-After": "1",
  });
}

function sendJson(res: Response, body: object): void {
  res.set("Cache-Control", "no-store").json(body);
}
