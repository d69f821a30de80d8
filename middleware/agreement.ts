import type { Negotiated } from "./compression.ts";

/** What was agreed on in the handshake. */
export interface Agreement {
  /** The subprotocol; empty if none. */
  readonly protocol: string;
  /** The compression; undefined if none. */
  readonly compression: Negotiated | undefined;
}
