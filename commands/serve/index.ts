import cluster from "node:cluster";
import type { Server } from "node:http";
import { CommandError } from "../errors.ts";
import { checkFileLimit, connectionLimit, openFileLimit } from "../file-limit.ts";
import { readOptions, type ServeOptions } from "./options.ts";
import { primary } from "./primary.ts";
import type { Host, Service } from "./service.ts";
import { single } from "./single.ts";
import { worker } from "./worker.ts";

/** How many connections the project promises to hold. */
const C10K = 10_000;

/**
 * What `node dist/app.js` does: reads the options, serves, and shuts down at SIGTERM or Ctrl-C.
 *
 * @param create makes what is served by these options, by this server
 * @param host called in the primary of many processes: makes what they share
 */
export async function serve(
  create: (options: ServeOptions, server: Server) => Service,
  host: Host,
): Promise<void> {
  const options = readOptions();
  const createFor = (server: Server) => create(options, server);
  try {
    if (options.workers > 1 && cluster.isWorker) {
      await worker(createFor, options);
    } else {
      checkFiles(options);
      if (options.workers > 1) await primary(options, host());
      else await single(createFor, options);
    }
    process.exit(0);
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    process.exit(1);
  }
}

/** Each worker has a share of the connections, and a limit of its own that is the same as this process's. */
function checkFiles({ connections, workers }: ServeOptions): void {
  if (connections !== undefined) {
    checkFileLimit(Math.ceil(connections / workers), workers > 1 ? "connections a worker" : "connections");
  } else if (connectionLimit() * workers < C10K) {
    console.warn(`Too few open files for ${C10K} connections: the limit (ulimit -n) is ${openFileLimit()}`);
  }
}
