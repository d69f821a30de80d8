import { Meter, type Meters } from "./traffic.ts";

/** How often each of something was: of a status, of a close code. */
export class Counts {
  readonly #counts = new Map<number, number>();

  add(key: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** As a plain object, which nobody changes any more. */
  toObject(): Record<number, number> {
    return Object.fromEntries(this.#counts);
  }
}

/** What is counted of one view. */
export class ViewTally implements Meters {
  readonly name: string;
  connections = 0;
  readonly received = new Meter();
  readonly sent = new Meter();

  constructor(name: string) {
    this.name = name;
  }
}

/** How many views are told apart: names that come from URLs must not fill the memory. */
const MAX_VIEWS = 1_000;

/** What is said of the others. */
const OTHERS = "(others)";

/**
 * What a server's hook counts, since it was hooked. Each connection adds to the same few numbers as all others of its view: that
 * takes it no memory, and a look at all of them no time.
 */
export class Tally {
  /** By the status of the answer. */
  readonly handshakes = new Counts();
  /** Handshakes whose client went before the answer. */
  aborted = 0;
  /** By close code. */
  readonly closes = new Counts();
  readonly #views = new Map<string, ViewTally>();

  /** In the order in which they were first used. */
  get views(): Iterable<ViewTally> {
    return this.#views.values();
  }

  view(name: string): ViewTally {
    const known = this.#views.get(name);
    if (known) return known;
    if (this.#views.size >= MAX_VIEWS && name !== OTHERS) return this.view(OTHERS);
    const view = new ViewTally(name);
    this.#views.set(name, view);
    return view;
  }
}
