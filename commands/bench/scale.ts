import type { Amount } from "./load/load.ts";

/** How much is measured, and for how long. */
export interface Scale {
  /** Connections that are opened for the handshakes, and then idle. */
  readonly connections: number;
  /** Seconds from the last handshake to the measurement of memory. */
  readonly idle: number;
  /** Clients of the echo with one message in flight. */
  readonly fewClients: number;
  /** Clients of the echo with many in flight, and of the bursts. */
  readonly manyClients: number;
  /** What a server is kept busy with before it is measured. */
  readonly warmUp: Amount;
  /** What it is measured with. */
  readonly measured: Amount;
  /** How many times, each with servers of their own. */
  readonly runs: number;
}

/** What the figures of README and of the documentation are measured with. */
export const FULL: Scale = {
  connections: 10_000,
  idle: 10,
  fewClients: 100,
  manyClients: 1000,
  warmUp: { seconds: 1 },
  measured: { seconds: 3 },
  runs: 5,
};

/** For a first look: the ratios come out much the same, but for the memory's. */
export const QUICK: Scale = {
  connections: 1000,
  idle: 1,
  fewClients: 100,
  manyClients: 200,
  warmUp: { seconds: 0.3 },
  measured: { seconds: 0.5 },
  runs: 3,
};

/**
 * For continuous integration: enough for ratios of processor time, which are steadier than those of the clock. It counts
 * operations: a server that hardly gets a core would be measured with its code not compiled yet.
 */
export const CHECK: Scale = {
  connections: 1000,
  idle: 0,
  fewClients: 50,
  manyClients: 200,
  warmUp: { operations: 20_000 },
  measured: { operations: 40_000 },
  runs: 5,
};
