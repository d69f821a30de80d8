import { Life } from "./life.ts";

/** The name of the game that the URLs without a name are of. */
export const DEFAULT_NAME = "default";

/** How many games are remembered in which there is nobody. */
const MAX_IDLE = 100;

/** The games of one app, each by its name. One that nobody has asked for is as on a server before any reset. */
export class Games {
  readonly #log: (line: string) => void;
  /** The one that was asked for last is the last one. */
  readonly #games = new Map<string, Life>();

  /** @param log told of their progress, a line at a time */
  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#games.size;
  }

  get(name: string): Life {
    const life = this.#games.get(name) ?? this.#create(name);
    this.#games.delete(name);
    this.#games.set(name, life);
    this.#forget();
    return life;
  }

  #create(name: string): Life {
    return new Life(name === DEFAULT_NAME ? this.#log : (line) => this.#log(`${line} in ${name}`));
  }

  /** Of those in which there is nobody the ones go that nobody has asked for longest. */
  #forget(): void {
    if (this.#games.size <= MAX_IDLE) return;
    const idle = Array.from(this.#games).filter(([, life]) => life.isIdle);
    for (const [name] of idle.slice(0, -MAX_IDLE)) this.#games.delete(name);
  }
}
