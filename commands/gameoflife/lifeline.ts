import { backoff } from "../../middleware/client/backoff.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { Cell } from "./cell.ts";
import { lossOf } from "./loss.ts";
import type { Neighbour } from "./neighbours.ts";
import type { Run } from "./run.ts";
import { introduce, play, recvRun } from "./worker-in-steps.ts";

/** The longest wait before connecting again, in milliseconds: after the first failure, and after any. */
const FIRST_DELAY = 250;
const MAX_DELAY = 5000;

/** Keeps one cell alive: on one connection after the other, to whichever server there is. */
export class Lifeline {
  readonly cell: Cell;
  readonly #neighbours: readonly Neighbour[];
  readonly #run: Run;
  /** The server that it connects to, counted on from any to the next. */
  #server: number;
  /** How often it has failed since it last ran. */
  #failures = 0;
  /** Whether the steps up to where the cell stands are in the progress. */
  #isCounted = false;
  #isSubscribed = false;
  #isFinished = false;

  /** @param server the one that it connects to first */
  constructor(cell: Cell, neighbours: readonly Neighbour[], run: Run, server: number) {
    this.cell = cell;
    this.#neighbours = neighbours;
    this.#run = run;
    this.#server = server;
  }

  /**
   * Lives until the run is over, or somebody else lives the cell.
   *
   * @param finished called when the cell has come to its last step, with the connection still open
   * @returns what the server said of somebody else who lives it; undefined if nobody does
   * @throws what ends the game for all
   */
  async live(finished: () => void): Promise<unknown> {
    while (!this.#run.isOver) {
      try {
        await this.#use(await this.#connect(), finished);
      } catch (error) {
        if (this.#run.isOver) break;
        const loss = lossOf(error);
        if (loss === "cell") return error;
        if (loss === "game" || !this.#run.isPatient) throw error;
        await this.#run.wait(backoff(this.#failures, FIRST_DELAY, MAX_DELAY));
        this.#failures += 1;
      }
    }
    return undefined;
  }

  async #connect(): Promise<Connection> {
    try {
      return await this.#run.connect(this.#server);
    } catch (error) {
      this.#server += 1;
      throw error;
    }
  }

  async #use(ws: Connection, finished: () => void): Promise<void> {
    const { heartbeat } = this.#run;
    this.#run.connected();
    heartbeat.watch(ws, () => this.cell.step);
    try {
      await this.#untilOver(ws, this.#play(ws));
      if (!this.#isFinished) finished();
      this.#isFinished = true;
      await this.#stay(ws);
    } catch (error) {
      this.#lose();
      throw error;
    } finally {
      heartbeat.leave(ws);
    }
  }

  #lose(): void {
    this.#run.disconnected();
    if (this.#isSubscribed) this.#run.progress.subscribed -= 1;
    this.#isSubscribed = false;
  }

  /** A run may be over while this comes back: all cells had come to their last step, and whom it waits for has gone. */
  async #untilOver(ws: Connection, work: Promise<void>): Promise<void> {
    const keep = this.#run.atEnd(() => void this.#run.closing(() => ws.close()));
    try {
      await work;
    } finally {
      keep();
    }
  }

  async #play(ws: Connection): Promise<void> {
    const { progress, identity } = this.#run;
    await introduce(ws, this.cell, this.#neighbours, identity);
    progress.subscribed += 1;
    this.#isSubscribed = true;
    const standing = await recvRun(ws, this.cell);
    progress.updates += standing.step - (this.#isCounted ? this.cell.step : -1);
    this.#isCounted = true;
    this.#failures = 0;
    this.cell.goOn(standing);
    await play(ws, this.cell, this.#run);
  }

  /** Keeps the connection until the run is over: what neighbours tell of the last step is of no use any more. */
  async #stay(ws: Connection): Promise<void> {
    while (!this.#run.isOver) await Promise.race([this.#run.over, ws.recv()]);
    await this.#run.closing(() => ws.close());
  }
}
