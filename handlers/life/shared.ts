import type { Bus } from "../bus/bus.ts";
import type { Registry } from "../registry/registry.ts";

/** What the servers of a game share. */
export interface Shared {
  /** Carries what workers tell. */
  readonly bus: Bus;
  /** Knows who plays. */
  readonly registry: Registry;
}
