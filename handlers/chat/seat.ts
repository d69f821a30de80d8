import type { Connection } from "../../middleware/index.ts";
import type { Entry } from "../registry/registry.ts";
import { FLOOD_BURST, FLOOD_RATE, TYPING_PACE } from "./protocol.ts";
import { TokenBucket } from "./token-bucket.ts";

/** How many messages a member may send against a `flood`, at once. */
const PATIENCE = 20;

/** How many of them are forgotten in a second. */
const FORGIVENESS = 1;

/** The place of one nick in a room, whichever connection of this server it speaks on. */
export class Seat {
  /** What keeps it from flooding the room. */
  readonly allowance = new TokenBucket(FLOOD_BURST, FLOOD_RATE);
  /** What may still come while that is used up. */
  readonly patience = new TokenBucket(PATIENCE, FORGIVENESS);
  readonly typing = new TokenBucket(1, 1000 / TYPING_PACE);
  #ws: Connection;
  #entry: Entry;
  #isLost = false;

  constructor(ws: Connection, entry: Entry) {
    this.#ws = ws;
    this.#entry = entry;
  }

  /** The connection that has it. */
  get ws(): Connection {
    return this.#ws;
  }

  /** The nick in the registry. */
  get entry(): Entry {
    return this.#entry;
  }

  get nick(): string {
    return this.#entry.card;
  }

  /** The nick as it is compared. */
  get author(): string {
    return this.#entry.name;
  }

  /** Whether somebody has taken it over who does not have it yet. */
  get isLost(): boolean {
    return this.#isLost;
  }

  lose(): void {
    this.#isLost = true;
  }

  /** Gives it to another connection of the same client, which has no more of an allowance for that. */
  takenBy(ws: Connection, entry: Entry): this {
    this.#isLost = false;
    this.#ws = ws;
    this.#entry = entry;
    return this;
  }
}
