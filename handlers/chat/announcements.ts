import { broadcast, type Connection } from "../../middleware/index.ts";

/** Up to so many connections each announcement is sent at once. */
const FEW = 50;

/** For so many more connections announcements wait a millisecond longer. */
const STEP = 50;

/** How long one waits at most, in milliseconds. */
const MAX_DELAY = 200;

/**
 * Tells a room's connections who comes and who goes. Of n who come together each would be told of all others: n² small writes,
 * of which a crowd would see nothing else. Where there are many, several announcements leave together.
 */
export class Announcements {
  readonly #connections = new Set<Connection>();
  /** Those who came after some of what waits: how many of that they have in their welcome already. */
  readonly #newcomers = new Map<Connection, number>();
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Adds a connection, which hears what is told from now on. */
  add(ws: Connection): void {
    if (this.#waiting.length === 0) this.#connections.add(ws);
    else this.#newcomers.set(ws, this.#waiting.length);
  }

  delete(ws: Connection): void {
    this.#connections.delete(ws);
    this.#newcomers.delete(ws);
  }

  tell(frame: string): void {
    this.#waiting.push(frame);
    const count = this.#connections.size + this.#newcomers.size;
    if (count <= FEW) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), Math.min((count - FEW) / STEP, MAX_DELAY));
  }

  /** Sends what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    broadcast(this.#connections, waiting);
    for (const [ws, known] of this.#newcomers) {
      broadcast([ws], waiting.slice(known));
      this.#connections.add(ws);
    }
    this.#newcomers.clear();
  }
}
