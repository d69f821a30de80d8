import type { Connection } from "../../middleware/connection.ts";

/** How often all are looked at, in milliseconds: one that hangs is found out within twice that. */
const INTERVAL = 5000;

/** A connection that is looked after. */
interface Patient {
  /** Gives something that is another whenever the connection has been of use. */
  readonly progress: () => unknown;
  /** How far it had come at the last look. */
  mark: unknown;
  /** Whether it was pinged then, and has not answered since. */
  isPinged: boolean;
}

/**
 * Ends connections whose server hangs, or that have gone without a word: one that makes no progress from one look to the next is
 * pinged, and has to answer until the next.
 */
export class Heartbeat {
  readonly #patients = new Map<Connection, Patient>();
  readonly #interval: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param interval how often all are looked at, in milliseconds. Default: 5,000 */
  constructor(interval = INTERVAL) {
    this.#interval = interval;
  }

  /**
   * Looks after a connection.
   *
   * @param progress gives something that is another whenever the connection has been of use
   */
  watch(ws: Connection, progress: () => unknown): void {
    this.#timer ??= setInterval(() => this.#look(), this.#interval);
    this.#patients.set(ws, { progress, mark: progress(), isPinged: false });
  }

  /** Looks after a connection no more. */
  leave(ws: Connection): void {
    this.#patients.delete(ws);
    if (this.#patients.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const [ws, patient] of this.#patients) lookAt(ws, patient);
  }
}

function lookAt(ws: Connection, patient: Patient): void {
  const mark = patient.progress();
  if (mark !== patient.mark) {
    patient.mark = mark;
    patient.isPinged = false;
  } else if (patient.isPinged) {
    ws.raw.terminate();
  } else {
    patient.isPinged = true;
    ws.ping().then(
      () => {
        patient.isPinged = false;
      },
      // It was lost: whoever holds it knows.
      () => {},
    );
  }
}
