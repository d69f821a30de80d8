import { Holdings } from "./holdings.ts";
import type { Registry } from "./registry.ts";
import { RegistryUnavailable } from "./registry.ts";
import { Store } from "./store.ts";

/**
 * Makes the registry of one process, or one of several ends of a store in its memory: each end counts as a process then.
 *
 * @param store where all is kept. Default: one of its own
 */
export function memoryRegistry(store = new Store()): Registry {
  const holdings = new Holdings();
  const followings = new Set<() => void>();
  const holder = { replaced: holdings.lose };
  let closed = false;

  return {
    get available() {
      return !closed;
    },

    async enter(group, name, options = {}) {
      if (closed) throw new RegistryUnavailable("The registry is closed");
      const { entry, terms } = holdings.prepare(name, options);
      const outcome = store.enter(group, entry, terms, holder);
      if (typeof outcome === "string") holdings.forget(entry);
      return outcome;
    },

    leave(group, entry) {
      holdings.forget(entry);
      store.leave(group, entry);
    },

    follow(group, listener) {
      const stop = closed ? () => {} : store.follow(group, listener);
      followings.add(stop);
      return {
        ready: closed ? new Promise(() => {}) : Promise.resolve(),
        end() {
          followings.delete(stop);
          stop();
        },
      };
    },

    async groups(prefix, limit) {
      if (closed) throw new RegistryUnavailable("The registry is closed");
      return store.groups(prefix, limit);
    },

    async close() {
      closed = true;
      for (const stop of followings) stop();
      store.leaveAll(holder);
    },
  };
}
