import { Life } from "./life.ts";
import type { Shared } from "./shared.ts";

/** The name of the game that the URLs without a name are of. */
export const DEFAULT_NAME = "default";

/** How many games are remembered in which there is nobody. */
const MAX_IDLE = 100;

/** What the names of all games begin with, in the registry and on the bus. */
const GROUPS = "life/";

interface Known {
  readonly life: Life;
  /** How many are in it. */
  visitors: number;
}

/** The games of one app, each by its name. One that nobody has asked for is as on a server before any reset. */
export class Games {
  readonly #shared: Shared;
  readonly #log: (line: string) => void;
  /** The one that was visited last is the last one. */
  readonly #games = new Map<string, Known>();

  /** @param log told of their progress, a line at a time */
  constructor(shared: Shared, log: (line: string) => void) {
    this.#shared = shared;
    this.#log = log;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#games.size;
  }

  /** Whether what the servers share is there. */
  get available(): boolean {
    return this.#shared.registry.available;
  }

  /** Lets somebody in, when it is known which game is on. It is remembered until that one has left, and longer. */
  async visit<T>(name: string, visitor: (life: Life) => Promise<T>): Promise<T> {
    const known = this.#get(name);
    known.visitors += 1;
    try {
      return await visitor(known.life);
    } finally {
      known.visitors -= 1;
    }
  }

  #get(name: string): Known {
    const known = this.#games.get(name) ?? { life: this.#open(name), visitors: 0 };
    this.#games.delete(name);
    this.#games.set(name, known);
    this.#forget();
    return known;
  }

  #open(name: string): Life {
    const log = name === DEFAULT_NAME ? this.#log : (line: string) => this.#log(`${line} in ${name}`);
    return new Life({ shared: this.#shared, group: GROUPS + name, log });
  }

  /** Of those in which there is nobody the ones go that nobody has visited longest. */
  #forget(): void {
    if (this.#games.size <= MAX_IDLE) return;
    const idle = Array.from(this.#games).filter(([, { visitors }]) => visitors === 0);
    for (const [name, { life }] of idle.slice(0, -MAX_IDLE)) {
      life.close();
      this.#games.delete(name);
    }
  }
}
