/** A `Storage` as browsers have it: its entries are its own properties, and it may be full. */
export function memoryStorage(capacity = Number.POSITIVE_INFINITY): Storage {
  const methods = {
    getItem: (name: string): string | null => (Object.hasOwn(entries, name) ? (entries[name] ?? null) : null),
    setItem(name: string, value: string): void {
      if (Object.keys(entries).length >= capacity) throw new DOMException("Full", "QuotaExceededError");
      entries[name] = value;
    },
    removeItem(name: string): void {
      delete entries[name];
    },
    clear(): void {
      for (const name of Object.keys(entries)) delete entries[name];
    },
    key: (index: number): string | null => Object.keys(entries)[index] ?? null,
    length: 0,
  };
  const entries: Record<string, string> & typeof methods = Object.create(methods);
  return entries;
}
