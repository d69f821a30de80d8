/** What is killed again and again. */
export interface Victim {
  /** Its process, while there is one. */
  readonly pid: number | undefined;
  /** How often it was killed. */
  readonly kills: number;
  /** Kills it, as a machine does that runs out of memory: it gets no turn to save anything. */
  kill(): Promise<void>;
  /** Resolves when it is there again; does nothing once it is over. */
  start(): Promise<void>;
  /** Kills it a last time: whoever would start it again does not. */
  end(): Promise<void>;
}
