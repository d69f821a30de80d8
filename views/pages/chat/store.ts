/** Names and texts that the browser keeps for this site. */
export interface Store {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  delete(name: string): void;
  /** The names that begin with `prefix`. */
  names(prefix: string): string[];
}

/**
 * Wraps a storage of the browser so that nothing of it throws: what it does not take, because it is full or switched off,
 * is kept for as long as the page lives.
 *
 * @param open - gives the storage, such as `() => localStorage`: to name it may throw already
 */
export function createStore(open: () => Storage): Store {
  const storage = attempt(open);
  const memory = new Map<string, string>();

  return {
    get: (name) => memory.get(name) ?? attempt(() => storage?.getItem(name)) ?? undefined,
    set(name, value) {
      memory.set(name, value);
      attempt(() => {
        storage?.setItem(name, value);
        if (storage) memory.delete(name);
      });
    },
    delete(name) {
      memory.delete(name);
      attempt(() => storage?.removeItem(name));
    },
    names(prefix) {
      const kept = attempt(() => Object.keys(storage ?? {})) ?? [];
      return [...new Set([...kept, ...memory.keys()])].filter((name) => name.startsWith(prefix));
    },
  };
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
