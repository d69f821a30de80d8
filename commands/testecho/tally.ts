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

/** How many clients are done: with a right transcript, or failed. */
export function finished(tally: Tally): number {
  return tally.completed + failed(tally);
}

/** How many clients are still to come. */
export function awaited(tally: Tally): number {
  return Math.max(0, tally.clients - tally.open - finished(tally));
}
