import { addressBlock } from "./address-block.ts";
import { HandshakeError } from "./errors.ts";

/** How many connections a server holds. */
export interface Capacity {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
}

/** When whoever found no place may ask again, in seconds. */
const RETRY = { "Retry-After": "10" };

/**
 * The places of a server's connections. A place is taken before the 101 is written, so that handshakes on their way count, and
 * is free again once the socket is gone.
 */
export class Places {
  readonly #capacity: Capacity;
  #taken = 0;
  /** Of each address that has any; empty without a limit per address. */
  readonly #takenBy = new Map<string, number>();

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** How many are taken. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes a place for a peer. A peer without an address, as on a Unix socket, counts in all only.
   *
   * @throws HandshakeError 503 if all places are taken, 429 if the peer's address has as many as it may have
   */
  take(address: string | undefined): void {
    const { maxConnections, maxConnectionsPerAddress } = this.#capacity;
    if (this.#taken >= maxConnections)
      throw new HandshakeError(503, "This server holds as many connections as it takes", RETRY);
    const block = this.#blockOf(address);
    if (block !== undefined) {
      const taken = this.#takenBy.get(block) ?? 0;
      if (taken >= maxConnectionsPerAddress)
        throw new HandshakeError(429, "Too many connections from this address", RETRY);
      this.#takenBy.set(block, taken + 1);
    }
    this.#taken += 1;
  }

  /** Frees a place that a peer of this address took. */
  free(address: string | undefined): void {
    this.#taken -= 1;
    const block = this.#blockOf(address);
    if (block === undefined) return;
    const left = (this.#takenBy.get(block) ?? 0) - 1;
    if (left > 0) this.#takenBy.set(block, left);
    else this.#takenBy.delete(block);
  }

  /** Undefined where nobody counts by it. */
  #blockOf(address: string | undefined): string | undefined {
    const isLimited = this.#capacity.maxConnectionsPerAddress !== Number.POSITIVE_INFINITY;
    return isLimited && address !== undefined ? addressBlock(address) : undefined;
  }
}
