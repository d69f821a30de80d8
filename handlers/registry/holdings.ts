import { createHash, randomUUID } from "node:crypto";
import type { EnterOptions, Entry } from "./registry.ts";

/** How a name is entered, as a store needs to know it. */
export interface Terms {
  /** A digest: whoever gets to see a store does not learn the secret. */
  readonly secret: string | undefined;
  readonly limit: number | undefined;
  readonly kept: boolean;
}

/** The names that one process holds, and whom to tell when one is lost. */
export class Holdings {
  /** Tells this process apart from all others, and from its predecessors. */
  readonly id = randomUUID();
  readonly #replaced = new Map<string, () => void>();
  #count = 0;

  /** Makes an entry that nobody else has, and what goes with it. */
  prepare(name: string, options: EnterOptions): { entry: Entry; terms: Terms } {
    const { card = "", secret, limit, replaced, kept = false } = options;
    this.#count += 1;
    const entry = { name, card, id: `${this.id}.${this.#count}` };
    if (replaced && !kept) this.#replaced.set(entry.id, replaced);
    return { entry, terms: { secret: secret === undefined ? undefined : digest(secret), limit, kept } };
  }

  /** One that is given back, or that was never got. */
  forget({ id }: Entry): void {
    this.#replaced.delete(id);
  }

  /** One that somebody else has now. */
  readonly lose = ({ id }: Entry): void => {
    const replaced = this.#replaced.get(id);
    this.#replaced.delete(id);
    replaced?.();
  };
}

function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64");
}
