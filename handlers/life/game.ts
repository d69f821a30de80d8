import { type Connection, WebSocketError } from "../../middleware/index.ts";
import type { GameCard } from "./board.ts";
import { Cells } from "./cells.ts";
import type { Phase } from "./cells-protocol.ts";
import type { Latch } from "./latch.ts";
import { Place } from "./place.ts";
import type { Position, Update } from "./protocol.ts";
import { Roster } from "./roster.ts";
import type { Shared } from "./shared.ts";
import { type Introduction, REPLACED, type Standing } from "./steps-protocol.ts";

/** Policy Violation (RFC 6455 §7.4.1): well-formed, but against the rules of the game. */
const POLICY_VIOLATION = 1008;

/** What is told of a game as it goes on. */
export interface GameEvents {
  /** A worker came. @param here whether to this server */
  connected(game: Game, here: boolean): void;
  /** A worker named the last of its neighbours. @param here whether on this server */
  subscribed(game: Game, here: boolean): void;
  /** A worker went. */
  left(game: Game): void;
  /** A cell reached a step. */
  updated(game: Game, update: Update): void;
}

/**
 * One game: which workers play, which cells they live, and which they listen to. It relays what they say to each other, on whichever
 * servers they are, and remembers each cell's last states for those who come late. Of the rules of the Game of Life it knows nothing.
 */
export class Game {
  readonly id: string;
  /** The side of the grid, in cells. */
  readonly size: number;
  /** What is known of its cells, and who hears of it. */
  readonly cells: Cells;
  readonly #roster: Roster;
  /** Of the workers that are on this server. */
  readonly #places = new Set<Place>();
  /** Which of them lives each cell. */
  readonly #owners: (Place | undefined)[] = [];
  #isOver = false;

  /** @param group what the game is called in the registry and on the bus */
  constructor({ id, size }: GameCard, group: string, { bus, registry }: Shared, events: GameEvents) {
    this.id = id;
    this.size = size;
    this.cells = new Cells(size, bus, group, (cell, update) => {
      events.updated(this, update);
      const owner = this.#owners[cell];
      if (owner && !owner.located.opened) owner.located.open();
    });
    this.#roster = new Roster(registry, group, size ** 2, {
      connected: (here) => events.connected(this, here),
      subscribed: (here) => events.subscribed(this, here),
      left: () => events.left(this),
    });
    this.#roster.open();
  }

  /** Opens when all workers are connected. */
  get allConnected(): Latch {
    return this.#roster.allConnected;
  }

  /** Opens when all workers are subscribed. */
  get allSubscribed(): Latch {
    return this.#roster.allSubscribed;
  }

  /** How many workers are connected, of size², on all servers. */
  get connected(): number {
    return this.#roster.connected;
  }

  /** How many workers are subscribed, of size², on all servers. */
  get subscribed(): number {
    return this.#roster.subscribed;
  }

  /** Whether no worker is connected to this server. */
  get isIdle(): boolean {
    return this.#places.size === 0;
  }

  get phase(): Phase {
    if (this.connected === 0) return "idle";
    if (this.allSubscribed.opened) return "running";
    return this.allConnected.opened ? "subscribing" : "connecting";
  }

  /** The lowest step of any cell; -1 while nothing is known of one. */
  get lowestStep(): number {
    return this.cells.facts.lowestStep;
  }

  /** The cells that no worker lives, on whichever server, as `row × size + col`. */
  get unlived(): number[] {
    const { size } = this;
    return Array.from({ length: size ** 2 }, (_, cell) => cell).filter(
      (cell) => !this.#roster.lives({ row: Math.floor(cell / size), col: cell % size }),
    );
  }

  /** The last known state of each cell that has one: see {@link Cells.lastUpdates}. */
  lastUpdates(): Generator<Update> {
    return this.cells.lastUpdates();
  }

  /**
   * Gives a place to a worker that gets each update as it comes.
   *
   * @throws WebSocketError 1008 if there is none left, 1013 if what the servers share is away, 4000 if the game is over
   */
  async join(ws: Connection): Promise<Place> {
    await Promise.race([this.#roster.ready, ws.closed]);
    return this.#seat(new Place(ws, await this.#roster.enter()));
  }

  /**
   * Gives a worker that gets whole steps the cell that it lives; on whichever server its older connection is, that is closed.
   *
   * @throws WebSocketError 1008 if another worker lives the cell, 1013 if what the servers share is away, 4000 if the game is over
   */
  async live(ws: Connection, { row, col, key, standing }: Introduction): Promise<Place> {
    await Promise.race([this.#roster.ready, ws.closed]);
    const registration = await this.#roster.enterAs({ row, col }, key, ws);
    const place = this.#seat(new Place(ws, registration, key));
    const cell = this.cells.at({ row, col });
    this.#own(place, cell);
    if (standing) this.cells.restore(cell, standing);
    return place;
  }

  /**
   * Notes that a worker is to hear of a cell.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid, or there are too many for a worker that gets whole steps
   */
  subscribe(place: Place, position: Position): void {
    this.cells.subscribe(place, this.cells.at(position));
  }

  /**
   * Notes that a worker has named all the cells that it wants; when it resolves, it hears of them from all servers.
   *
   * @throws WebSocketError 1013 if what the servers share is away
   */
  async ready(place: Place): Promise<void> {
    await Promise.race([this.cells.exchange.ready, place.ws.closed]);
    place.hold(await this.#roster.subscribe(place.name, place.key));
  }

  /** Waits until it is known how far the cell of a worker has come. */
  async locate(place: Place): Promise<Standing> {
    const standing = this.cells.facts.standingOf(place.cell ?? 0);
    if (standing) return standing;
    await place.located.wait(place.ws.signal);
    return this.locate(place);
  }

  /** Waits where other servers would not hear what a worker tells; undefined where they would. */
  untilHeard({ ws }: Place): Promise<void> | undefined {
    const { exchange } = this.cells;
    return exchange.available ? undefined : exchange.untilAvailable(ws.signal);
  }

  /**
   * Passes the state of a worker's cell on, where that is news.
   *
   * @throws WebSocketError 1008 if a step is left out
   */
  advance({ cell = 0 }: Place, { step, state }: Pick<Update, "step" | "state">): void {
    const next = this.cells.facts.stepOf(cell) + 1;
    if (step > next) throw new WebSocketError(POLICY_VIOLATION, `Step ${next} comes next, not step ${step}`);
    if (step !== next) return;
    const row = Math.floor(cell / this.size);
    this.cells.put(cell, { step, row, col: cell - row * this.size, state });
  }

  /**
   * Passes a worker's update on, as it is.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid, or not the worker's to live
   */
  relay(place: Place, update: Update): void {
    const cell = this.cells.at(update);
    if (place.cell !== cell) this.#claim(place, cell, update);
    this.cells.put(cell, update);
  }

  /** Takes a worker's place back, with its cell and its subscriptions. */
  leave(place: Place): void {
    this.#places.delete(place);
    this.cells.unsubscribe(place);
    if (place.cell !== undefined && this.#owners[place.cell] === place) this.#owners[place.cell] = undefined;
    place.leave();
  }

  /** Sends all workers away: another game begins. */
  end(): void {
    this.#isOver = true;
    for (const { ws } of this.#places) void ws.close(REPLACED, "A new game was started");
    this.close();
  }

  /** Hears of nothing any more. */
  close(): void {
    this.#roster.end();
    this.cells.exchange.end();
  }

  #seat(place: Place): Place {
    this.#places.add(place);
    if (!this.#isOver) return place;
    this.leave(place);
    throw new WebSocketError(REPLACED, "A new game was started");
  }

  #own(place: Place, cell: number): void {
    place.cell = cell;
    this.#owners[cell] = place;
  }

  #claim(place: Place, cell: number, position: Position): void {
    if (place.cell !== undefined)
      throw new WebSocketError(POLICY_VIOLATION, "A worker lives one cell, not two");
    if (this.#roster.lives(position))
      throw new WebSocketError(POLICY_VIOLATION, "Another worker lives this cell");
    this.#own(place, cell);
    // Whoever has claimed it meanwhile on another server keeps it.
    this.#roster.claim(position).then(
      (registration) => place.hold(registration),
      (error: unknown) => void closeWith(place.ws, error),
    );
  }
}

/** @throws what is no reason to close a connection */
function closeWith(ws: Connection, error: unknown): Promise<void> {
  if (error instanceof WebSocketError) return ws.close(error.closeCode, error.reason);
  throw error;
}
