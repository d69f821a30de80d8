import { Game, type GameEvents } from "./game.ts";
import type { Update } from "./protocol.ts";
import { Watchers } from "./watchers.ts";

/** The side of the grid before anyone has started a game, in cells. */
const INITIAL_SIZE = 32;

/** How many updates wait for a watcher that does not read: 8 MB of them. */
const MAX_BEHIND = 500_000;

/** How many workers come, or subscribe, from one notice to the next. */
const NOTICE = 100;

/** The Game of Life of one app: the game that is on, and those who watch. */
export class Life implements GameEvents {
  readonly watchers: Watchers;
  readonly #log: (line: string) => void;
  #game: Game;

  /**
   * @param log told of the game's progress, a line at a time
   * @param maxBehind how many updates wait for a watcher in lines that does not read
   */
  constructor(log: (line: string) => void, maxBehind = MAX_BEHIND) {
    this.watchers = new Watchers(maxBehind);
    this.#log = log;
    this.#game = new Game(INITIAL_SIZE, this);
  }

  get game(): Game {
    return this.#game;
  }

  /** Whether there is nobody, neither a worker nor a watcher. */
  get isIdle(): boolean {
    return this.#game.connected === 0 && this.watchers.size === 0;
  }

  /** Starts a new game, and sends the workers of the old one away. */
  reset(size: number): void {
    const old = this.#game;
    this.#game = new Game(size, this);
    old.end();
    this.watchers.announce(this.#game);
  }

  connected(game: Game): void {
    this.#progress(game, game.connected, "connected");
  }

  subscribed(game: Game): void {
    this.#progress(game, game.subscribed, "subscribed");
  }

  left(game: Game): void {
    if (game === this.#game && game.connected === 0) this.watchers.announce(game);
  }

  updated(game: Game, update: Update): void {
    if (game === this.#game) this.watchers.updated(game.size, update);
  }

  #progress(game: Game, workers: number, what: string): void {
    if (game !== this.#game) return;
    const noticeable = workers % NOTICE === 0 || workers === game.size ** 2;
    if (noticeable) this.#log(`${String(workers).padStart(5)} workers ${what}`);
    if (noticeable || workers === 1) this.watchers.announce(game);
  }
}
