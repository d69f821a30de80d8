import { randomUUID } from "node:crypto";
import { WebSocketError } from "../../middleware/index.ts";
import { Board, type GameCard, NO_GAME } from "./board.ts";
import { Game, type GameEvents } from "./game.ts";
import type { Update } from "./protocol.ts";
import type { Shared } from "./shared.ts";
import { REPLACED } from "./steps-protocol.ts";
import { Watchers } from "./watchers.ts";

/** Policy Violation (RFC 6455 §7.4.1): well-formed, but against the rules of the game. */
const POLICY_VIOLATION = 1008;

/** How many updates wait for a watcher that does not read: 8 MB of them. */
const MAX_BEHIND = 500_000;

/** How many workers come, or subscribe, from one notice to the next. */
const NOTICE = 100;

/** Options of {@link Life}. */
export interface LifeOptions {
  /** What the servers share. */
  readonly shared: Shared;
  /** What it is called in the registry and on the bus, where its games are below it. */
  readonly group: string;
  /** Told of the game's progress, as far as it is of this server, a line at a time. */
  readonly log: (line: string) => void;
  /** How many updates wait for a watcher in lines that does not read. Default: 500,000. */
  readonly maxBehind?: number | undefined;
}

/** The Game of Life of one name: the game that is on, and those who watch. */
export class Life implements GameEvents {
  readonly watchers: Watchers;
  readonly #options: LifeOptions;
  readonly #board: Board;
  #game: Game;

  constructor(options: LifeOptions) {
    this.#options = options;
    this.watchers = new Watchers(options.maxBehind ?? MAX_BEHIND);
    this.#game = this.#open(NO_GAME);
    this.#board = new Board(options.shared.registry, options.group, (card) => this.#replace(card));
  }

  /** The game that is on, as far as is known here. */
  get game(): Game {
    return this.#game;
  }

  /** Resolves when it is known for the first time. While the registry is away that is not to come. */
  get ready(): Promise<void> {
    return this.#board.ready;
  }

  /**
   * Starts a new game, and sends the workers of the old one away.
   *
   * @returns its id
   * @throws WebSocketError 1013, as a rejection, if what the servers share is away
   */
  async reset(size: number): Promise<string> {
    const id = randomUUID();
    await this.#board.start({ id, size });
    return id;
  }

  /**
   * The game that is on, on whichever server it was started until now.
   *
   * @throws WebSocketError 1013, as a rejection, if what the servers share is away
   */
  async current(): Promise<Game> {
    await this.#board.check();
    return this.#game;
  }

  /**
   * The game of a worker that plays it already: if none is on, it goes on.
   *
   * @throws WebSocketError, as a rejection: 4000 if it is over, 1008 if it is of another size, 1013 if what the servers share is away
   */
  async find(card: GameCard): Promise<Game> {
    if (this.#game.id !== card.id) await this.#board.restore(card);
    const game = this.#game;
    if (game.id !== card.id) throw new WebSocketError(REPLACED, "A new game was started");
    if (game.size === card.size) return game;
    throw new WebSocketError(POLICY_VIOLATION, `This game is of size ${game.size}, not ${card.size}`);
  }

  /** Hears of nothing any more; called when there is nobody. */
  close(): void {
    this.#board.end();
    this.#game.close();
  }

  connected(game: Game, here: boolean): void {
    this.#progress(game, game.connected, here, "connected");
  }

  subscribed(game: Game, here: boolean): void {
    this.#progress(game, game.subscribed, here, "subscribed");
  }

  left(game: Game): void {
    if (game === this.#game && game.connected === 0) this.watchers.announce(game);
  }

  updated(game: Game, update: Update): void {
    if (game === this.#game) this.watchers.updated(game.size, update);
  }

  #open(card: GameCard): Game {
    const { group, shared } = this.#options;
    return new Game(card, `${group}/${card.id}`, shared, this);
  }

  #replace(card: GameCard): void {
    const old = this.#game;
    this.#game = this.#open(card);
    old.end();
    this.watchers.announce(this.#game);
  }

  #progress(game: Game, workers: number, here: boolean, what: string): void {
    if (game !== this.#game) return;
    const noticeable = workers % NOTICE === 0 || workers === game.size ** 2;
    if (noticeable && here) this.#options.log(`${String(workers).padStart(5)} workers ${what}`);
    if (noticeable || workers === 1) this.watchers.announce(game);
  }
}
