import { Transport } from "./transport.ts";
import type { Accepted, Upgrade } from "./upgrade.ts";
import { release } from "./when-free.ts";

/**
 * Passes the socket from HTTP to WebSocket: `ws` takes it over with all that it received meanwhile, in order. A function of
 * its own, outside the pipeline's closures, so that nothing of the request outlives it.
 */
export function transplant({ hook, socket, head }: Upgrade, accepted: Accepted): void {
  hook.upgrading.delete(socket);
  if (socket.destroyed) {
    accepted.aborted();
    return;
  }
  const transport = new Transport(accepted.settings);
  transport.address = accepted.address;
  transport.take(socket, head, accepted.agreement);
  release(socket);
  hook.track(transport);
  accepted.transplanted(transport);
}
