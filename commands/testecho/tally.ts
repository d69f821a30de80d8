import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

/** What came of the clients so far. */
export interface Tally {
  /** How many there are to be. */
  readonly clients: number;
  /** How many connected. */
  connected: number;
  /** How many are connected now. */
  open: number;
  /** How many read a right transcript to its end. */
  completed: number;
  /** How often one began anew, since its server restarted. */
  returned: number;
  /** How many failed, by cause. */
  readonly failures: Map<string, number>;
  /** From the beginning of the handshake to its end, in microseconds. */
  readonly handshakes: RecordableHistogram;
  /** From sending a word to reading its answer, in microseconds. */
  readonly echoes: RecordableHistogram;
}

/** An empty tally. */
export function createTally(clients: number): Tally {
  return {
    clients,
    connected: 0,
    open: 0,
    completed: 0,
    returned: 0,
    failures: new Map(),
    handshakes: createHistogram(),
    echoes: createHistogram(),
  };
}

/** Counts a client that failed. */
export function countFailure({ failures }: Tally, cause: string): void {
  failures.set(cause, (failures.get(cause) ?? 0) + 1);
}

/** How many clients failed. */
export function failed({ failures }: Tally): number {
  return [...failures.values()].reduce((sum, count) => sum + count, 0);
}

/** Records how long something took. A histogram holds integers from 1. */
export function recordLatency(histogram: RecordableHistogram, milliseconds: number): void {
  histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
}
