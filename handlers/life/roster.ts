import { randomUUID } from "node:crypto";
import { type Connection, WebSocketError } from "../../middleware/index.ts";
import type { Following, Registry } from "../registry/registry.ts";
import { Latch } from "./latch.ts";
import { Names, type Registration } from "./names.ts";
import { formatCell, type Position } from "./protocol.ts";
import { TAKEN_OVER } from "./steps-protocol.ts";

/** Policy Violation (RFC 6455 §7.4.1): well-formed, but against the rules of the game. */
const POLICY_VIOLATION = 1008;

/** What the names of workers begin with that have not said which cell they live. */
const ANONYMOUS = "#";

/** The card of a cell that such a worker has named since: it is there already, and not one more. */
const CLAIM = "claim";

/** Kept among those who have subscribed, once all have. */
const RUNNING = "running";

/** What is told of a roster. */
export interface RosterEvents {
  /** @param here whether it came to this server */
  connected(here: boolean): void;
  /** @param here whether it is on this server */
  subscribed(here: boolean): void;
  left(): void;
}

/** Who plays in one game, on whichever server. */
export class Roster {
  /** Opens when all workers are connected. */
  readonly allConnected = new Latch();
  /** Opens when all workers are subscribed, and stays so when some have left. */
  readonly allSubscribed = new Latch();
  readonly #cells: number;
  readonly #events: RosterEvents;
  /** Tells the entries of this server from those of others. */
  readonly #here = randomUUID();
  readonly #workers: Names;
  readonly #subscribed: Names;
  #followings: readonly Following[] = [];
  #connected = 0;
  #subscribedCount = 0;

  /**
   * @param group what the game is called in the registry
   * @param cells how many cells it has
   */
  constructor(registry: Registry, group: string, cells: number, events: RosterEvents) {
    this.#cells = cells;
    this.#events = events;
    this.#workers = new Names(registry, `${group}/workers`);
    this.#subscribed = new Names(registry, `${group}/subscribed`);
  }

  /** Begins to hear who plays, perhaps before this returns: whoever is told has to be there. */
  open(): void {
    this.#followings = [
      this.#workers.follow({
        added: (_name, card) => this.#addWorker(card),
        removed: (_name, card) => this.#removeWorker(card),
      }),
      this.#subscribed.follow({
        added: (name, card) => this.#addSubscribed(name, card),
        removed: (name) => this.#removeSubscribed(name),
        synced: () => this.allSubscribed.opened && this.#keepRunning(),
      }),
    ];
  }

  /** Resolves when all is known that was before. While the registry is away that is not to come. */
  get ready(): Promise<unknown> {
    return Promise.all(this.#followings.map(({ ready }) => ready));
  }

  /** How many workers are connected, of one for each cell. */
  get connected(): number {
    return this.#connected;
  }

  /** How many workers are subscribed, of one for each cell. */
  get subscribed(): number {
    return this.#subscribedCount;
  }

  /** Whether a worker lives that cell, as far as is known here. */
  lives(cell: Position): boolean {
    return this.#workers.has(formatCell(cell));
  }

  /**
   * Enters a worker that has not said yet which cell it lives.
   *
   * @throws WebSocketError 1008 if the game has begun, or has all its workers; 1013 if the registry is away
   */
  async enter(): Promise<Registration> {
    if (this.allSubscribed.opened)
      throw new WebSocketError(POLICY_VIOLATION, "This game has started already");
    return this.#workers.enter(ANONYMOUS + randomUUID(), { card: this.#here, limit: this.#cells });
  }

  /**
   * Enters a worker that lives a cell, or lets it take its own place again, from which its older connection is closed.
   *
   * @throws WebSocketError 1008 if another worker lives the cell, or the game has all its workers; 1013 if the registry is away
   */
  enterAs(cell: Position, key: string, ws: Connection): Promise<Registration> {
    return this.#workers.enter(formatCell(cell), {
      card: this.#here,
      secret: key,
      // Once a game has begun its group may be larger, by the cells that workers claim which have entered already.
      limit: this.allSubscribed.opened ? undefined : this.#cells,
      replaced: () => void ws.close(TAKEN_OVER, "Connected again elsewhere"),
    });
  }

  /**
   * Lets a worker have a cell that has entered without.
   *
   * @throws WebSocketError 1008 if another worker lives the cell; 1013 if the registry is away
   */
  claim(cell: Position): Promise<Registration> {
    return this.#workers.enter(formatCell(cell), { card: CLAIM });
  }

  /**
   * Counts a worker as subscribed.
   *
   * @param name the one that it has entered with
   * @param key the one that it has entered with
   * @throws WebSocketError 1013 if the registry is away
   */
  subscribe(name: string, key?: string): Promise<Registration> {
    return this.#subscribed.enter(name, { card: this.#here, secret: key });
  }

  end(): void {
    for (const following of this.#followings) following.end();
  }

  #addWorker(card: string): void {
    if (card === CLAIM) return;
    this.#connected += 1;
    if (this.#connected === this.#cells) this.allConnected.open();
    this.#events.connected(card === this.#here);
  }

  #removeWorker(card: string): void {
    if (card === CLAIM) return;
    this.#connected -= 1;
    this.#events.left();
  }

  #addSubscribed(name: string, card: string): void {
    if (name === RUNNING) {
      this.#run();
      return;
    }
    this.#subscribedCount += 1;
    if (this.#subscribedCount === this.#cells) {
      this.#run();
      this.#keepRunning();
    }
    this.#events.subscribed(card === this.#here);
  }

  #removeSubscribed(name: string): void {
    if (name !== RUNNING) this.#subscribedCount -= 1;
  }

  #run(): void {
    this.allConnected.open();
    this.allSubscribed.open();
  }

  /** Lets those know who come later. Where the registry is away, that is done when all are told anew. */
  #keepRunning(): void {
    if (!this.#subscribed.has(RUNNING)) this.#subscribed.enter(RUNNING, { kept: true }).catch(() => {});
  }
}
