import type { Bus } from "./bus.ts";
import { Hub } from "./hub.ts";
import { Listeners } from "./listeners.ts";
import { Outgoing } from "./outgoing.ts";

/**
 * Makes the bus of one process, or one of several ends of a hub in its memory: each end counts as a process then.
 *
 * @param shared passes the messages on. Default: one of its own, where nobody else is
 */
export function memoryBus(shared?: Hub): Bus {
  const hub = shared ?? new Hub();
  const listeners = new Listeners();
  const end = { hear: (channel: string, messages: readonly string[]) => listeners.hear(channel, messages) };
  const outgoing = new Outgoing((channel, messages) => {
    listeners.echo(channel, messages);
    hub.publish(channel, messages, end);
  });
  let closed = false;

  return {
    get available() {
      return !closed;
    },

    isAlone: shared === undefined,

    publish(channel, message) {
      if (!closed) outgoing.add(channel, message);
    },

    subscribe(channel, listener, options) {
      if (closed) return { ready: new Promise(() => {}), end() {} };
      const [place, isFirst] = listeners.add(channel, listener, options);
      if (isFirst) hub.add(channel, end);
      return {
        ready: Promise.resolve(),
        end() {
          if (listeners.delete(channel, place)) hub.delete(channel, end);
        },
      };
    },

    onAvailability: () => () => {},

    async close() {
      outgoing.flush();
      closed = true;
      listeners.clear();
      hub.deleteAll(end);
    },
  };
}
