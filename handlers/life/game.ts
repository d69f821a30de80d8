import { broadcast, type Connection, WebSocketError } from "../../middleware/index.ts";
import { Latch } from "./latch.ts";
import type { Phase, Update } from "./protocol.ts";

/** Policy Violation (RFC 6455 §7.4.1): well-formed, but against the rules of the game. */
const POLICY_VIOLATION = 1008;

/** Application-defined (RFC 6455 §7.4.2): another game has taken this one's place. */
const REPLACED = 4000;

/** What is told of a game as it goes on. */
export interface GameEvents {
  /** A worker came. */
  connected(game: Game): void;
  /** A worker named the last of its neighbours. */
  subscribed(game: Game): void;
  /** A worker went. */
  left(game: Game): void;
  /** A cell reached a step; `line` is the update as it came. */
  updated(game: Game, update: Update, line: string): void;
}

/** The place of one worker in a game. */
export interface Place {
  /** The cells whose updates the worker gets. */
  readonly subscriptions: Set<number>;
  subscribed: boolean;
  /** The cell that the worker lives: that of its first update. */
  cell: number | undefined;
}

/**
 * One game: which workers play, which cells they live, and which they listen to. It relays what they say to each other
 * and remembers each cell's last state for late watchers. Of the rules of the Game of Life it knows nothing.
 */
export class Game {
  /** The side of the grid, in cells. */
  readonly size: number;
  /** Opens when all workers are connected. */
  readonly allConnected = new Latch();
  /** Opens when all workers are subscribed. */
  readonly allSubscribed = new Latch();
  readonly #events: GameEvents;
  readonly #places = new Map<Connection, Place>();
  readonly #subscribers: (Set<Connection> | undefined)[] = [];
  readonly #owners: (Connection | undefined)[] = [];
  readonly #steps: Int32Array;
  readonly #states: Uint8Array;
  #subscribed = 0;

  constructor(size: number, events: GameEvents) {
    this.size = size;
    this.#events = events;
    this.#steps = new Int32Array(size * size).fill(-1);
    this.#states = new Uint8Array(size * size);
  }

  /** How many workers are connected, of size². */
  get connected(): number {
    return this.#places.size;
  }

  /** How many workers are subscribed, of size². */
  get subscribed(): number {
    return this.#subscribed;
  }

  get phase(): Phase {
    if (this.connected === 0) return "idle";
    if (this.allSubscribed.opened) return "running";
    return this.allConnected.opened ? "subscribing" : "connecting";
  }

  /**
   * The last known state of each cell that has one. To be taken slowly: a cell that moves on meanwhile is left out, since
   * whoever takes them hears of that anyway.
   */
  *lastUpdates(): Generator<Update> {
    const steps = this.#steps.slice();
    for (const [cell, step] of steps.entries()) {
      if (step >= 0 && step === this.#steps[cell]) yield this.#updateOf(cell, step);
    }
  }

  /**
   * Gives a worker a place.
   *
   * @throws WebSocketError 1008 if there is none left
   */
  join(worker: Connection): Place {
    if (this.allSubscribed.opened)
      throw new WebSocketError(POLICY_VIOLATION, "This game has started already");
    if (this.connected === this.size ** 2) {
      throw new WebSocketError(
        POLICY_VIOLATION,
        `A worker too many: this game has all its ${this.size ** 2}`,
      );
    }
    const place = { subscriptions: new Set<number>(), subscribed: false, cell: undefined };
    this.#places.set(worker, place);
    if (this.connected === this.size ** 2) this.allConnected.open();
    this.#events.connected(this);
    return place;
  }

  /**
   * Lets a worker hear of a cell.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid
   */
  subscribe(worker: Connection, place: Place, row: number, col: number): void {
    const cell = this.#cellAt(row, col);
    place.subscriptions.add(cell);
    this.#subscribers[cell] ??= new Set();
    this.#subscribers[cell].add(worker);
  }

  /** Notes that a worker has named all the cells that it wants. */
  ready(place: Place): void {
    place.subscribed = true;
    this.#subscribed += 1;
    if (this.#subscribed === this.size ** 2) this.allSubscribed.open();
    this.#events.subscribed(this);
  }

  /**
   * Passes a worker's update on to the subscribers of its cell.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid, or not the worker's to live
   */
  relay(worker: Connection, place: Place, update: Update, line: string): void {
    const cell = this.#cellAt(update.row, update.col);
    if (place.cell !== cell) this.#occupy(worker, place, cell);
    this.#steps[cell] = update.step;
    this.#states[cell] = update.state;
    const subscribers = this.#subscribers[cell];
    if (subscribers) broadcast(subscribers, line);
    this.#events.updated(this, update, line);
  }

  /** Takes a worker's place back, with its cell and its subscriptions. */
  leave(worker: Connection, place: Place): void {
    this.#places.delete(worker);
    if (place.subscribed) this.#subscribed -= 1;
    if (place.cell !== undefined) this.#owners[place.cell] = undefined;
    for (const cell of place.subscriptions) this.#subscribers[cell]?.delete(worker);
    this.#events.left(this);
  }

  /** Sends all workers away: another game begins. */
  end(): void {
    for (const worker of this.#places.keys()) worker.close(REPLACED, "A new game was started");
  }

  #occupy(worker: Connection, place: Place, cell: number): void {
    if (place.cell !== undefined)
      throw new WebSocketError(POLICY_VIOLATION, "A worker lives one cell, not two");
    if (this.#owners[cell]) throw new WebSocketError(POLICY_VIOLATION, "Another worker lives this cell");
    this.#owners[cell] = worker;
    place.cell = cell;
  }

  #updateOf(cell: number, step: number): Update {
    const state = this.#states[cell] === 1 ? 1 : 0;
    return { step, row: Math.floor(cell / this.size), col: cell % this.size, state };
  }

  #cellAt(row: number, col: number): number {
    if (row < this.size && col < this.size) return row * this.size + col;
    throw new WebSocketError(
      POLICY_VIOLATION,
      `Cell ${row} ${col} is not on the ${this.size}x${this.size} grid`,
    );
  }
}
