import type { Bus, Subscription } from "../bus/bus.ts";
import type { Facts } from "./facts.ts";
import { Latch } from "./latch.ts";
import { type Fact, formatNews, parseNews } from "./news.ts";
import { MAX_HISTORY } from "./steps-protocol.ts";

/** Asks all others for all that they know. Base64 has no such letter. */
const SYNC = "?";

/**
 * Exchanges what is known of one game's cells with the other servers. What is new here leaves at the end of the turn of the event
 * loop; a server that comes to the game, or that may have missed something, asks the others, and tells them what it knows itself:
 * they may have missed that without having been told.
 */
export class Exchange {
  readonly #bus: Bus;
  readonly #channel: string;
  readonly #facts: Facts;
  readonly #subscription: Subscription;
  readonly #stopWatching: () => void;
  /** The cells of which there is something new, each with the step at which that began. */
  #news = new Map<number, number>();
  #isAsked = false;
  #available = new Latch();

  /**
   * @param channel of the bus
   * @param facts what is known here
   * @param learn told what others know
   */
  constructor(bus: Bus, channel: string, facts: Facts, learn: (fact: Fact) => void) {
    this.#bus = bus;
    this.#channel = channel;
    this.#facts = facts;
    if (bus.available) this.#available.open();
    this.#stopWatching = bus.onAvailability((available) => this.#turn(available));
    this.#subscription = bus.subscribe(channel, {
      hear: (message) => {
        if (message === SYNC) this.#answer();
        else for (const fact of parseNews(message)) if (fact.cell < facts.cells) learn(fact);
      },
      missed: () => this.#sync(),
    });
    void this.#subscription.ready.then(() => this.#sync());
  }

  /** Resolves when all is heard that others say from now on. While the bus is away that is not to come. */
  get ready(): Promise<void> {
    return this.#subscription.ready;
  }

  /** Whether others hear what is told now. */
  get available(): boolean {
    return this.#available.opened;
  }

  /** Waits until others hear what is told. */
  untilAvailable(signal: AbortSignal): Promise<void> {
    return this.#available.wait(signal);
  }

  /** Tells the others that a cell has come to a step, and all that it did before in this turn. */
  tell(cell: number, step: number): void {
    if (this.#bus.isAlone) return;
    if (this.#news.size === 0) setImmediate(() => this.#flush());
    const first = this.#news.get(cell);
    if (first === undefined) this.#news.set(cell, step);
    // A history holds no more: a cell that waits for no other can be as fast as that.
    else if (step - first >= MAX_HISTORY - 1) this.#flush();
  }

  end(): void {
    this.#subscription.end();
    this.#stopWatching();
  }

  #turn(available: boolean): void {
    if (available) this.#available.open();
    else this.#available = new Latch();
  }

  #flush(): void {
    const news = this.#news;
    if (news.size === 0) return;
    this.#news = new Map();
    this.#publish(news.keys(), news.size);
  }

  #sync(): void {
    this.#bus.publish(this.#channel, SYNC);
    this.#answer();
  }

  /** Says all that is known, once to all who ask in one turn. */
  #answer(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    setImmediate(() => {
      this.#isAsked = false;
      const { cells } = this.#facts;
      this.#publish(Array(cells).keys(), cells);
    });
  }

  #publish(cells: Iterable<number>, count: number): void {
    const news = formatNews(this.#facts, cells, count);
    if (news !== "") this.#bus.publish(this.#channel, news);
  }
}
