import cluster from "node:cluster";
import { once } from "node:events";
import { shutdown } from "../../middleware/index.ts";
import { arrivals } from "./arrivals.ts";
import { listen, type Place } from "./server.ts";
import type { Create } from "./service.ts";

/** How long clients that have just been let in get for their request, in milliseconds. */
const ARRIVAL_TIMEOUT = 1_000;

/** How long the rest of the end may take, in milliseconds. */
const SHUTDOWN_TIMEOUT = 9_000;

/**
 * Serves as one of the processes of {@link primary}, until it is told to stop by SIGTERM and has shut down. Should the
 * primary die, `node:cluster` ends this process, too.
 */
export async function worker(create: Create, place: Place): Promise<void> {
  const stop = toldToStop();
  const { server, close } = await listen(create, place);
  const arriving = arrivals(server);
  await stop;
  // The others get all further connections. Those that are here already are not to be refused: they are let in, and leave
  // with the rest.
  server.close();
  await arriving.settled(ARRIVAL_TIMEOUT);
  await shutdown(server, { timeout: SHUTDOWN_TIMEOUT });
  await close();
  await leave();
}

/**
 * Ctrl-C, and the SIGHUP of a terminal that closes, reach the whole process group: what they mean is for the primary to say.
 * Some service managers send SIGTERM to all processes, so that it comes twice: the listener stays.
 */
function toldToStop(): Promise<void> {
  process.on("SIGINT", () => {}).on("SIGHUP", () => {});
  return new Promise((resolve) => {
    process.on("SIGTERM", () => resolve());
  });
}

/** Ends the ties with the primary: a connection that it has just sent here goes back to it before. */
async function leave(): Promise<void> {
  const left = once(process, "disconnect");
  cluster.worker?.disconnect();
  await left;
}
