import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Change, Entry, Following, Registry } from "../registry/registry.ts";
import { unavailable } from "./unavailable.ts";

/** Kept in the registry: the game that is on. */
const GAME = "game";

/** Which game it is. */
export interface GameCard {
  /** Tells it apart from those before and after it. */
  readonly id: string;
  /** The side of the grid, in cells. */
  readonly size: number;
}

/** What is on before anybody has started a game. */
export const NO_GAME: GameCard = { id: "0", size: 32 };

/** Says which game is on, on all servers: the one that was started last. */
export class Board {
  readonly #registry: Registry;
  readonly #group: string;
  readonly #following: Following;
  readonly #changed: (card: GameCard) => void;
  #card = NO_GAME;
  /** Who waits to hear of a name. */
  readonly #expected = new Map<string, () => void>();
  #checking: Promise<void> | undefined;
  #restoring: Promise<void> | undefined;

  /**
   * @param group of the registry
   * @param changed told of each game that is started, and at first of the one that is on, perhaps before this returns
   */
  constructor(registry: Registry, group: string, changed: (card: GameCard) => void) {
    this.#registry = registry;
    this.#group = group;
    this.#changed = changed;
    this.#following = registry.follow(group, (change) => this.#hear(change));
  }

  /** Resolves when it is known for the first time which game is on. While the registry is away that is not to come. */
  get ready(): Promise<void> {
    return this.#following.ready;
  }

  /**
   * Lets another game begin. When it resolves that is known here.
   *
   * @throws WebSocketError 1013, as a rejection, if the registry is away
   */
  async start(card: GameCard): Promise<void> {
    await this.#registry.enter(this.#group, GAME, { card: format(card), kept: true }).catch(unavailable);
    await this.check();
  }

  /**
   * Lets a game go on of which only its workers know, if no game is on.
   *
   * @throws WebSocketError 1013, as a rejection, if the registry is away
   */
  async restore(card: GameCard): Promise<void> {
    await this.check();
    if (this.#card.id !== NO_GAME.id) return;
    this.#restoring ??= this.start(card).finally(() => {
      this.#restoring = undefined;
    });
    await this.#restoring;
  }

  /**
   * Resolves when it is known here which game is on, whichever server it was started on until now: a name that is entered now is heard of
   * after all that was entered before. Those who ask in one turn of the event loop share it.
   *
   * @throws WebSocketError 1013, as a rejection, if the registry is away
   */
  check(): Promise<void> {
    this.#checking ??= this.#check();
    return this.#checking;
  }

  end(): void {
    this.#following.end();
  }

  async #check(): Promise<void> {
    await setImmediate();
    this.#checking = undefined;
    const name = randomUUID();
    const heard = new Promise<void>((resolve) => this.#expected.set(name, resolve));
    try {
      const entry = await this.#registry.enter(this.#group, name).catch(unavailable);
      await heard;
      if (typeof entry !== "string") this.#registry.leave(this.#group, entry);
    } finally {
      this.#expected.delete(name);
    }
  }

  #hear(change: Change): void {
    for (const { name, card } of entriesOf(change)) {
      if (name === GAME) this.#turn(parse(card));
      this.#expected.get(name)?.();
    }
  }

  #turn(card: GameCard): void {
    if (card.id === this.#card.id) return;
    this.#card = card;
    this.#changed(card);
  }
}

/** The entries that a change brings; the game before whoever waits to hear of it. */
function entriesOf(change: Change): readonly Entry[] {
  if (change.type === "left") return [];
  if (change.type === "entered") return [change.entry];
  return [...change.entries].sort((a, b) => Number(b.name === GAME) - Number(a.name === GAME));
}

function format({ id, size }: GameCard): string {
  return `${id} ${size}`;
}

function parse(card: string): GameCard {
  const [id = NO_GAME.id, size = NO_GAME.size] = card.split(" ");
  return { id, size: Number(size) };
}
