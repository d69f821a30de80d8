import { shutdown } from "../../middleware/index.ts";
import { listen, type Place, portOf, urlOf } from "./server.ts";
import type { Create } from "./service.ts";
import { stopSignal } from "./stop-signal.ts";

/** Serves in this process alone, until it is told to stop and has shut down. */
export async function single(create: Create, place: Place): Promise<void> {
  const { server, close } = await listen(create, place);
  console.log(`Listening on ${urlOf({ ...place, port: portOf(server) })}`);
  await stopSignal();
  await shutdown(server);
  await close();
}
