import { Transport } from "./transport.ts";
import type { Accepted, Upgrade } from "./upgrade.ts";
import { release } from "./when-free.ts";

/**
 * Passes the socket from HTTP to WebSocket: `ws` takes it over with all that it received meanwhile, in order. A function of
 * its own, outside the pipeline's closures, so that nothing of the request outlives it.
 */
export function transplant({ hook, socket }: Upgrade, accepted: Accepted): void {
  hook.upgrading.delete(socket);
  // A peer that ended its side before, with nothing left to read, has told so already: nobody would hear of it again.
  if (socket.destroyed || socket.readableEnded) {
    socket.destroySoon();
    hook.tally.aborted += 1;
    accepted.aborted();
    return;
  }
  const transport = new Transport(accepted.settings);
  transport.address = accepted.address;
  transport.take(socket, accepted.agreement);
  release(socket);
  hook.tally.handshakes.add(101);
  hook.track(transport, accepted.view);
  accepted.transplanted(transport);
}
