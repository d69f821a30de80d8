import type { Connection } from "../../middleware/index.ts";
import { Latch } from "./latch.ts";
import type { Registration } from "./names.ts";
import type { StepListener } from "./step-listener.ts";

/** The place of one worker in a game. */
export class Place {
  readonly ws: Connection;
  /** What the worker is called in the game's roster. */
  readonly name: string;
  /** What only this worker knows; undefined for one that cannot come back. */
  readonly key: string | undefined;
  /** Where the worker gets whole steps; undefined where it gets each update as it comes. */
  readonly listener: StepListener | undefined;
  /** The cells whose updates the worker gets. */
  readonly subscriptions = new Set<number>();
  /** The cell that the worker lives. */
  cell: number | undefined;
  /** Opens when it is known how far that cell has come. */
  readonly located = new Latch();
  readonly #registrations: Registration[] = [];
  #isLeft = false;

  constructor(
    ws: Connection,
    registration: Registration,
    { key, listener }: { key?: string; listener?: StepListener } = {},
  ) {
    this.ws = ws;
    this.name = registration.name;
    this.key = key;
    this.listener = listener;
    this.hold(registration);
  }

  /** Keeps what is to be given back when the worker leaves; one that has left by then gives it back at once. */
  hold(registration: Registration): void {
    if (this.#isLeft) registration.release();
    else this.#registrations.push(registration);
  }

  /** Gives back what it holds. */
  leave(): void {
    this.#isLeft = true;
    for (const registration of this.#registrations.splice(0)) registration.release();
  }
}
