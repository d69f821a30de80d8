import type { Bus } from "./bus/bus.ts";
import { memoryBus } from "./bus/memory-bus.ts";
import type { Log } from "./chat/log/log.ts";
import { openLog } from "./chat/open-log.ts";
import { memoryRegistry } from "./registry/memory-registry.ts";
import type { Registry } from "./registry/registry.ts";

/** Where it is that servers share what they share. */
export interface ServicesOptions {
  /** The directory of the chat's log. */
  readonly data: string;
}

/** What a server shares with others, or has for itself. */
export interface Services {
  readonly bus: Bus;
  readonly registry: Registry;
  /** Keeps what is said in the chat. */
  readonly log: Log;
  /** What a server's health depends on. */
  readonly vitals: readonly { readonly name: string; readonly available: boolean }[];
  /** Lets go of all of it; called when nobody is connected any more. */
  close(): Promise<void>;
}

/**
 * Opens what a server shares.
 *
 * @param report told what goes wrong, a line at a time
 */
export function openServices({ data }: ServicesOptions, report: (line: string) => void): Services {
  const bus = memoryBus();
  const registry = memoryRegistry();
  const log = openLog(data, report);
  return {
    bus,
    registry,
    log,
    vitals: [],
    async close() {
      await registry.close();
      await Promise.all([bus.close(), log.close()]);
    },
  };
}
