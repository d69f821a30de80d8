import type { Connection } from "../../middleware/index.ts";
import { Latch } from "./latch.ts";
import type { Registration } from "./names.ts";
import type { StepListener } from "./step-listener.ts";

/** The place of one worker in a game. */
export class Place {
  readonly ws: Connection;
  /** What the worker is called in the game's roster. */
  readonly name: string;
  /** What only this worker knows, which hears whole steps and may come back; undefined for one that does not. */
  readonly key: string | undefined;
  /** The cells whose updates the worker gets. */
  readonly subscriptions = new Set<number>();
  /** Where it gets them, once it runs, if it hears whole steps. */
  listener: StepListener | undefined;
  /** The cell that the worker lives. */
  cell: number | undefined;
  /** Opens when it is known how far that cell has come. */
  readonly located = new Latch();
  readonly #registrations: Registration[] = [];
  #isLeft = false;

  constructor(ws: Connection, registration: Registration, key?: string) {
    this.ws = ws;
    this.name = registration.name;
    this.key = key;
    this.hold(registration);
  }

  /** Keeps what is to be given back when the worker leaves; one that has left by then gives it back at once. */
  hold(registration: Registration): void {
    if (this.#isLeft) registration.release();
    else this.#registrations.push(registration);
  }

  /** Gives back what it holds, what came last first. */
  leave(): void {
    this.#isLeft = true;
    for (const registration of this.#registrations.splice(0).reverse()) registration.release();
  }
}
