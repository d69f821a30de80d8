import cluster, { type Worker } from "node:cluster";
import { crew } from "./crew.ts";
import { argumentsFor, environmentFor, type ServeOptions } from "./options.ts";
import { findPort, urlOf } from "./server.ts";
import type { Tie } from "./service.ts";
import { stopSignal } from "./stop-signal.ts";

/**
 * Serves with many processes, until it is told to stop and all have shut down. It accepts the connections and deals them out
 * in turn; SIGHUP replaces the workers one by one, without a moment in which none accepts.
 *
 * @param tie ties each process to what all of them share
 * @throws CommandError if it cannot listen, or no worker starts
 */
export async function primary(options: ServeOptions, tie: Tie): Promise<void> {
  const { workers } = options;
  const stop = stopSignal();
  // All workers have to name the same port, those that come later, too.
  const port = await findPort(options);
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({ args: argumentsFor(options, port) });
  cluster.on("fork", (worker: Worker) => worker.once("exit", tie(worker)));
  const { complete, failure, reload, stop: stopAll } = crew(workers, environmentFor(options));
  process.on("SIGHUP", reload);
  void complete.then(() =>
    console.log(`Listening on ${urlOf({ ...options, port })} with ${workers} workers`),
  );
  await Promise.race([stop, failure]);
  await stopAll();
}
