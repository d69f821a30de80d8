/** How long `recv()` may wait. */
export interface RecvOptions {
  /** Ends the wait: `recv()` rejects with the signal's reason, and no message is lost. */
  signal?: AbortSignal;
  /** Milliseconds after which `recv()` rejects with a `RecvTimeoutError`, and no message is lost. Default: none. */
  timeout?: number;
}
