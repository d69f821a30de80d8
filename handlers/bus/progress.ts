/**
 * How far each publisher has come on a channel. A node of a Redis Cluster that hung may bring something long after another one has
 * brought what was published later: then it is too late.
 */
export class Progress {
  readonly #counts = new Map<string, number>();

  /** Something has come. @param count rises with all that a publisher publishes @returns whether it is later than all before it */
  advance(publisher: string, count: number): boolean {
    if (count <= (this.#counts.get(publisher) ?? 0)) return false;
    this.#counts.set(publisher, count);
    return true;
  }
}
