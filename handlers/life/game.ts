import { type Connection, WebSocketError } from "../../middleware/index.ts";
import { Audience } from "./audience.ts";
import type { Phase } from "./cells-protocol.ts";
import { Latch } from "./latch.ts";
import type { Position, Update } from "./protocol.ts";
import { StepListener } from "./step-listener.ts";

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
  /** A cell reached a step. */
  updated(game: Game, update: Update): void;
}

/** The place of one worker in a game. */
export interface Place {
  /** The cells whose updates the worker gets. */
  readonly subscriptions: Set<number>;
  /** Where the worker gets whole steps; undefined where it gets each update as it comes. */
  readonly listener: StepListener | undefined;
  subscribed: boolean;
  /** The cell that the worker lives. */
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
  readonly #audiences: (Audience | undefined)[] = [];
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
   * @param inSteps whether it gets whole steps
   * @throws WebSocketError 1008 if there is none left
   */
  join(worker: Connection, inSteps = false): Place {
    if (this.allSubscribed.opened)
      throw new WebSocketError(POLICY_VIOLATION, "This game has started already");
    if (this.connected === this.size ** 2) {
      throw new WebSocketError(
        POLICY_VIOLATION,
        `A worker too many: this game has all its ${this.size ** 2}`,
      );
    }
    const listener = inSteps ? new StepListener(worker) : undefined;
    const place = { subscriptions: new Set<number>(), listener, subscribed: false, cell: undefined };
    this.#places.set(worker, place);
    if (this.connected === this.size ** 2) this.allConnected.open();
    this.#events.connected(this);
    return place;
  }

  /**
   * Gives a worker the cell that it lives.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid, or not the worker's to live
   */
  occupy(worker: Connection, place: Place, position: Position): void {
    const cell = this.#cellAt(position);
    if (place.cell === cell) return;
    if (place.cell !== undefined)
      throw new WebSocketError(POLICY_VIOLATION, "A worker lives one cell, not two");
    if (this.#owners[cell]) throw new WebSocketError(POLICY_VIOLATION, "Another worker lives this cell");
    this.#owners[cell] = worker;
    place.cell = cell;
  }

  /**
   * Lets a worker hear of a cell.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid, or there are too many for a worker that gets whole steps
   */
  subscribe(worker: Connection, place: Place, position: Position): void {
    const cell = this.#cellAt(position);
    this.#audiences[cell] ??= new Audience();
    this.#audiences[cell].add(worker, place.listener);
    place.subscriptions.add(cell);
  }

  /** Notes that a worker has named all the cells that it wants. */
  ready(place: Place): void {
    place.subscribed = true;
    this.#subscribed += 1;
    if (this.#subscribed === this.size ** 2) this.allSubscribed.open();
    this.#events.subscribed(this);
  }

  /**
   * Passes a worker's update on to those who listen to its cell.
   *
   * @throws WebSocketError 1008 if the cell is not on the grid, or not the worker's to live, or if a worker that gets whole steps
   *   leaves one out
   */
  relay(worker: Connection, place: Place, update: Update): void {
    const cell = this.#cellAt(update);
    if (place.cell !== cell) this.occupy(worker, place, update);
    const expected = (this.#steps[cell] ?? 0) + 1;
    if (place.listener && update.step !== expected)
      throw new WebSocketError(POLICY_VIOLATION, `Step ${expected} comes next, not step ${update.step}`);
    this.#steps[cell] = update.step;
    this.#states[cell] = update.state;
    this.#audiences[cell]?.tell(update);
    this.#events.updated(this, update);
  }

  /** Takes a worker's place back, with its cell and its subscriptions. */
  leave(worker: Connection, place: Place): void {
    this.#places.delete(worker);
    if (place.subscribed) this.#subscribed -= 1;
    if (place.cell !== undefined) this.#owners[place.cell] = undefined;
    for (const cell of place.subscriptions) this.#audiences[cell]?.delete(worker, place.listener);
    this.#events.left(this);
  }

  /** Sends all workers away: another game begins. */
  end(): void {
    for (const worker of this.#places.keys()) worker.close(REPLACED, "A new game was started");
  }

  #updateOf(cell: number, step: number): Update {
    const state = this.#states[cell] === 1 ? 1 : 0;
    return { step, row: Math.floor(cell / this.size), col: cell % this.size, state };
  }

  #cellAt({ row, col }: Position): number {
    if (row < this.size && col < this.size) return row * this.size + col;
    throw new WebSocketError(
      POLICY_VIOLATION,
      `Cell ${row} ${col} is not on the ${this.size}x${this.size} grid`,
    );
  }
}
