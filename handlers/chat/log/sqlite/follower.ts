import { setImmediate as nextTurn } from "node:timers/promises";
import type { Listener } from "../log.ts";
import type { Addition } from "./appending.ts";
import type { Tail } from "./reader.ts";

/** How many entries are read at a time, in one turn of the event loop. */
const CHUNK = 200;

/** After how many milliseconds it is tried again to read, if that failed. */
const RETRY = 200;

/** Reads what is behind an entry, or the first so many of it. */
export type ReadTail = (since: string | undefined, limit: number) => Tail;

/** Passes a room's entries on to a listener: each once, in order. */
export class Follower {
  readonly #read: ReadTail;
  readonly #listener: Listener;
  #since: string | undefined;
  /** The number of the entry `since`. */
  #position = 0;
  #reading = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(read: ReadTail, since: string | undefined, listener: Listener) {
    this.#read = read;
    this.#since = since;
    this.#listener = listener;
    this.look();
  }

  /** Is told what a commit of this process added. */
  hear({ first, entries }: Addition): void {
    if (this.#reading || first <= this.#position) return;
    if (first === this.#position + 1) this.#pass({ position: this.#position + entries.length, entries });
    else this.look();
  }

  /** Reads what is there, in later turns of the event loop. */
  look(): void {
    // Whoever is about to read finds what is committed by then.
    if (!this.#reading && !this.#stopped) void this.#readAll();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
  }

  async #readAll(): Promise<void> {
    clearTimeout(this.#retry);
    this.#reading = true;
    do await nextTurn();
    while (this.#readChunk());
    this.#reading = false;
  }

  /** Gives whether there may be more. */
  #readChunk(): boolean {
    if (this.#stopped) return false;
    const tail = this.#tryRead();
    if (tail) this.#pass(tail);
    return tail?.entries.length === CHUNK;
  }

  #tryRead(): Tail | undefined {
    try {
      return this.#read(this.#since, CHUNK);
    } catch {
      // Nobody waits for an answer. What cannot be read now is to be heard later.
      this.#retry = setTimeout(() => this.look(), RETRY).unref();
      return undefined;
    }
  }

  #pass({ position, entries }: Tail): void {
    this.#position = position;
    const last = entries.at(-1);
    if (!last) return;
    this.#since = last.id;
    this.#listener(entries);
  }
}
