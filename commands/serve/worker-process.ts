import cluster, { type Worker } from "node:cluster";

/** A worker as its primary sees it. */
export interface WorkerProcess {
  /** What messages call it: `Worker 3 (process 4711)`. */
  readonly name: string;
  /** Whether it accepts: resolves with true as soon as it does, with false if it ends before. */
  readonly accepts: Promise<boolean>;
  /** How it ended, in words that follow "ended": `with exit code 1`, `by SIGKILL`. Resolves when it has. */
  readonly ended: Promise<string>;
  /** Tells it to shut down; resolves when it has ended. */
  stop(): Promise<void>;
}

/** How long a worker may take until it accepts, in milliseconds. */
const START_TIMEOUT = 30_000;

/** How long a worker may take to shut down, in milliseconds: longer than it takes itself, unless it hangs. */
const STOP_TIMEOUT = 12_000;

/** Starts a worker. The arguments that it gets are set with `cluster.setupPrimary()`. */
export function startWorker(environment: NodeJS.ProcessEnv): WorkerProcess {
  const worker = cluster.fork(environment);
  const ended = endOf(worker);
  const accepts = Promise.race([
    new Promise<true>((resolve) => worker.once("listening", () => resolve(true))),
    ended.then(() => false),
  ]);
  killAfter(START_TIMEOUT, worker, accepts);
  return {
    name: `Worker ${worker.id} (process ${worker.process.pid ?? "none"})`,
    accepts,
    ended,
    async stop() {
      worker.process.kill("SIGTERM");
      killAfter(STOP_TIMEOUT, worker, ended);
      await ended;
    },
  };
}

function endOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    worker.once("exit", (code, signal) => resolve(signal ? `by ${signal}` : `with exit code ${code}`));
    // A process that could not be started has no exit. Other errors are of messages to one that is about to exit.
    worker.on("error", (error) => {
      if (worker.process.pid === undefined) resolve(`at once (${error.message})`);
    });
  });
}

function killAfter(timeout: number, worker: Worker, done: Promise<unknown>): void {
  const timer = setTimeout(() => worker.process.kill("SIGKILL"), timeout);
  void done.then(() => clearTimeout(timer));
}
