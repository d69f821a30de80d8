import { broadcast, type Connection } from "../../middleware/index.ts";
import type { Update } from "./protocol.ts";
import { UpdateList } from "./update-list.ts";

/** Try Again Later (IANA WebSocket close codes). */
const TRY_AGAIN_LATER = 1013;

/** With so many bytes unwritten a watcher is behind. */
const BEHIND = 64 * 1024;

/** What one who is behind has still to be sent. */
interface Backlog {
  readonly lists: UpdateList[];
  /** How many updates they hold. */
  updates: number;
}

/**
 * Those who watch in lines. The lines of one turn of the event loop are made and framed together, once for all who keep up.
 * For one who is behind none are made until it has read what there is: a watcher that never reads costs the game no time, and
 * no more memory than `maxBehind` updates take.
 */
export class LineWatchers {
  readonly #maxBehind: number;
  readonly #ready = new Set<Connection>();
  readonly #behind = new Map<Connection, Backlog>();
  #updates: UpdateList | undefined;

  /** @param maxBehind how many updates wait for one who does not read; with more it is closed with 1013 */
  constructor(maxBehind: number) {
    this.#maxBehind = maxBehind;
  }

  get size(): number {
    return this.#ready.size + this.#behind.size;
  }

  add(watcher: Connection): void {
    if (!this.#behind.has(watcher)) this.#ready.add(watcher);
  }

  delete(watcher: Connection): void {
    this.#ready.delete(watcher);
    this.#behind.delete(watcher);
  }

  updated(size: number, update: Update): void {
    if (this.#updates && this.#updates.size !== size) this.flush();
    if (!this.#updates) {
      this.#updates = new UpdateList(size);
      setImmediate(() => this.flush());
    }
    this.#updates.push(update);
  }

  /** Sends what happened up to now, instead of at the end of the turn. */
  flush(): void {
    const updates = this.#updates;
    if (!updates) return;
    this.#updates = undefined;
    for (const [watcher, backlog] of this.#behind) this.#put(watcher, backlog, updates);
    if (this.#ready.size > 0) broadcast(this.#ready, updates.toLines());
    for (const watcher of this.#ready) {
      if (watcher.bufferedAmount <= BEHIND) continue;
      this.#ready.delete(watcher);
      this.#behind.set(watcher, { lists: [], updates: 0 });
    }
  }

  #put(watcher: Connection, backlog: Backlog, list: UpdateList): void {
    backlog.lists.push(list);
    backlog.updates += list.length;
    if (backlog.updates > this.#maxBehind) {
      this.delete(watcher);
      void watcher.close(TRY_AGAIN_LATER, "Too far behind");
    } else if (backlog.lists.length === 1) {
      // One that closes meanwhile is taken out by its handler.
      this.#catchUp(watcher, backlog).catch(() => {});
    }
  }

  /** Sends what waits, as fast as it is read. */
  async #catchUp(watcher: Connection, backlog: Backlog): Promise<void> {
    for (let [list] = backlog.lists; list; [list] = backlog.lists) {
      for (const line of list.toLines()) await watcher.send(line);
      backlog.lists.shift();
      backlog.updates -= list.length;
    }
    if (this.#behind.delete(watcher)) this.#ready.add(watcher);
  }
}
