import type { RequestListener } from "node:http";
import { shutdown } from "../../middleware/index.ts";
import { listen, type Place, portOf, urlOf } from "./server.ts";
import { stopSignal } from "./stop-signal.ts";

/** Serves an app in this process alone, until it is told to stop and has shut down. */
export async function single(app: RequestListener, place: Place): Promise<void> {
  const server = await listen(app, place);
  console.log(`Listening on ${urlOf({ ...place, port: portOf(server) })}`);
  await stopSignal();
  await shutdown(server);
}
