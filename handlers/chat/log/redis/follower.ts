import { setImmediate as nextTurn } from "node:timers/promises";
import type { Redis } from "../../../redis/redis.ts";
import type { Listener } from "../log.ts";
import type { RedisRoom } from "./room.ts";

/** How many entries are read at a time. */
const CHUNK = 200;

/**
 * Passes a room's entries on to a listener, each once, in order: it reads on from the last one whenever it hears that there are new
 * ones. The stream is the only way on which entries come, so that all hear them in its order.
 */
export class RedisFollower {
  readonly #room: RedisRoom;
  readonly #listener: Listener;
  readonly #subscription: ReturnType<Redis["subscribe"]>;
  #since: string | undefined;
  #reading = false;
  /** Whether something may have come since the last reading began. */
  #stale = false;
  #stopped = false;

  constructor(redis: Redis, room: RedisRoom, since: string | undefined, listener: Listener) {
    this.#room = room;
    this.#since = since;
    this.#listener = listener;
    const look = () => this.look();
    this.#subscription = redis.subscribe(room.channel, { hear: look, missed: look });
    void this.#subscription.ready.then(look);
    this.look();
  }

  /** Reads on, in a later turn of the event loop. */
  look(): void {
    this.#stale = true;
    if (!this.#reading && !this.#stopped) void this.#readAll();
  }

  stop(): void {
    this.#stopped = true;
    this.#subscription.end();
  }

  async #readAll(): Promise<void> {
    this.#reading = true;
    while (this.#stale && !this.#stopped) {
      this.#stale = false;
      await nextTurn();
      // Where that fails Redis is away: when it is back there is another look.
      await this.#readOn().catch(() => {});
    }
    this.#reading = false;
  }

  async #readOn(): Promise<void> {
    const entries = await this.#room.tail(this.#since, CHUNK);
    const last = entries.at(-1);
    if (!last || this.#stopped) return;
    this.#since = last.id;
    if (entries.length === CHUNK) this.#stale = true;
    this.#listener(entries);
  }
}
