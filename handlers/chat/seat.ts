import { createHash, timingSafeEqual } from "node:crypto";
import type { Connection } from "../../middleware/index.ts";
import { FLOOD_BURST, FLOOD_RATE, foldNick, TYPING_PACE } from "./protocol.ts";
import { TokenBucket } from "./token-bucket.ts";

/** How many messages a member may send against a `flood`, at once. */
const PATIENCE = 20;

/** How many of them are forgotten in a second. */
const FORGIVENESS = 1;

/** The place of one nick in a room, whichever connection it speaks on. */
export class Seat {
  readonly nick: string;
  /** The nick as it is compared. */
  readonly author: string;
  /** What keeps it from flooding the room. */
  readonly allowance = new TokenBucket(FLOOD_BURST, FLOOD_RATE);
  /** What may still come while that is used up. */
  readonly patience = new TokenBucket(PATIENCE, FORGIVENESS);
  readonly typing = new TokenBucket(1, 1000 / TYPING_PACE);
  ws: Connection;
  /** Of the key only a digest: whoever gets to see this does not learn it. */
  readonly #key: Buffer | undefined;

  constructor(ws: Connection, nick: string, key: string | undefined) {
    this.ws = ws;
    this.nick = nick;
    this.author = foldNick(nick);
    if (key !== undefined) this.#key = digest(key);
  }

  /** Whether a key is the one with which the nick was taken. */
  isKnownBy(key: string | undefined): boolean {
    return key !== undefined && this.#key !== undefined && timingSafeEqual(digest(key), this.#key);
  }
}

function digest(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
