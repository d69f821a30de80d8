import { WebSocketError } from "../../middleware/index.ts";
import type { Bus } from "../bus/bus.ts";
import { Audience } from "./audience.ts";
import { Exchange } from "./exchange.ts";
import { Facts } from "./facts.ts";
import type { Place } from "./place.ts";
import { formatUpdate, type Position, type Update } from "./protocol.ts";
import { StepListener } from "./step-listener.ts";
import { historyLength, MAX_HEARD, type Standing } from "./steps-protocol.ts";

/** Policy Violation (RFC 6455 §7.4.1): well-formed, but against the rules of the game. */
const POLICY_VIOLATION = 1008;

/** The cells of one game: what is known of them, and who hears of what is new, on this server and on others. */
export class Cells {
  readonly facts: Facts;
  readonly exchange: Exchange;
  readonly #size: number;
  readonly #updated: (cell: number, update: Update) => void;
  readonly #audiences: (Audience | undefined)[] = [];

  /**
   * @param size the side of the grid
   * @param channel what the game is called on the bus
   * @param updated told of all that is new, wherever it was told
   */
  constructor(size: number, bus: Bus, channel: string, updated: (cell: number, update: Update) => void) {
    this.#size = size;
    this.#updated = updated;
    this.facts = new Facts(size ** 2);
    this.exchange = new Exchange(bus, channel, this.facts, ({ cell, ...standing }) =>
      this.#merge(cell, standing),
    );
  }

  /**
   * The number of a cell.
   *
   * @throws WebSocketError 1008 if it is not on the grid
   */
  at({ row, col }: Position): number {
    if (row < this.#size && col < this.#size) return row * this.#size + col;
    const grid = `${this.#size}x${this.#size}`;
    throw new WebSocketError(POLICY_VIOLATION, `Cell ${row} ${col} is not on the ${grid} grid`);
  }

  /**
   * The last known state of each cell that has one. To be taken slowly: a cell that moves on meanwhile is left out, since
   * whoever takes them hears of that anyway.
   */
  *lastUpdates(): Generator<Update> {
    const steps = Int32Array.from({ length: this.facts.cells }, (_, cell) => this.facts.stepOf(cell));
    for (const [cell, step] of steps.entries()) {
      const state =
        step >= 0 && step === this.facts.stepOf(cell) ? this.facts.stateAt(cell, step) : undefined;
      if (state !== undefined) yield this.#updateOf(cell, step, state);
    }
  }

  /**
   * Notes that a worker is to hear of a cell, once it runs.
   *
   * @throws WebSocketError 1008 if there are too many for a worker that hears whole steps
   */
  subscribe({ key, subscriptions }: Place, cell: number): void {
    subscriptions.add(cell);
    if (key !== undefined && subscriptions.size > MAX_HEARD)
      throw new WebSocketError(POLICY_VIOLATION, `In steps one hears of ${MAX_HEARD} cells at most`);
  }

  /** Lets a worker hear of its cells, which gets each update: first of what is known by now. */
  tellEach({ ws, subscriptions }: Place): void {
    for (const cell of subscriptions) {
      for (const update of this.#historyOf(cell)) void ws.send(formatUpdate(update));
      this.#audienceOf(cell).add(ws);
    }
  }

  /** Lets a worker hear of its cells, which gets whole steps, from one on. */
  tellSteps(place: Place, step: number): void {
    const cells = [...place.subscriptions];
    const listener = new StepListener(place.ws, this.facts, cells, step);
    for (const [index, cell] of cells.entries()) this.#audienceOf(cell).addListener(listener, 2 ** index);
    place.listener = listener;
  }

  /** Lets a worker hear of no cell any more. */
  unsubscribe({ ws, listener, subscriptions }: Place): void {
    for (const cell of subscriptions) this.#audiences[cell]?.delete(ws, listener);
  }

  /** A cell has come to a step, as its worker says. */
  put(cell: number, update: Update): void {
    this.facts.put(cell, update.step, update.state);
    this.#audiences[cell]?.tell(update);
    this.#updated(cell, update);
    this.exchange.tell(cell, update.step);
  }

  /** A cell has come so far, as its worker says that has come back. */
  restore(cell: number, standing: Standing): void {
    if (this.#merge(cell, standing)) this.exchange.tell(cell, standing.step);
  }

  /** @returns whether any of it is new */
  #merge(cell: number, standing: Standing): boolean {
    const isNew = this.facts.stepOf(cell) < 0;
    const news = this.facts.merge(cell, standing);
    if (!news) return false;
    for (const update of this.#between(cell, news.first, news.last)) {
      this.#audiences[cell]?.tell(update);
      // Where a cell was before this server came to the game matters to workers alone.
      if (!isNew || news.first === 0 || update.step === news.last) this.#updated(cell, update);
    }
    return true;
  }

  #audienceOf(cell: number): Audience {
    const audience = this.#audiences[cell] ?? new Audience();
    this.#audiences[cell] = audience;
    return audience;
  }

  /** What is known of a cell, step by step. */
  *#historyOf(cell: number): Generator<Update> {
    const standing = this.facts.standingOf(cell);
    if (standing)
      yield* this.#between(cell, standing.step - historyLength(standing.history) + 1, standing.step);
  }

  *#between(cell: number, first: number, last: number): Generator<Update> {
    for (let step = first; step <= last; step += 1) {
      const state = this.facts.stateAt(cell, step);
      if (state !== undefined) yield this.#updateOf(cell, step, state);
    }
  }

  #updateOf(cell: number, step: number, state: 0 | 1): Update {
    return { step, row: Math.floor(cell / this.#size), col: cell % this.#size, state };
  }
}
