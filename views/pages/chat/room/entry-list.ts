import type { EntryItems } from "./entry-item.ts";
import type { Entry } from "./timeline.ts";

/** The entries that are on the page, oldest first. */
export interface EntryList {
  readonly length: number;
  append(entries: readonly Entry[]): void;
  prepend(entries: readonly Entry[]): void;
  /** Takes the oldest from the page. */
  drop(count: number): void;
}

/** Creates the list, in an empty element. */
export function createEntryList(list: HTMLElement, items: EntryItems): EntryList {
  let shown: Entry[] = [];

  /** What stands first begins a day and a group, and no longer does when something comes before it. */
  function renewItem(index: number): void {
    const entry = shown[index];
    if (entry) list.children[index]?.replaceWith(items.create(entry, shown[index - 1]));
  }

  return {
    get length() {
      return shown.length;
    },
    append(entries) {
      const before = shown.length;
      shown.push(...entries);
      list.append(...entries.map((entry, index) => items.create(entry, shown[before + index - 1])));
    },
    prepend(entries) {
      if (entries.length === 0) return;
      shown = [...entries, ...shown];
      list.prepend(...entries.map((entry, index) => items.create(entry, entries[index - 1])));
      renewItem(entries.length);
    },
    drop(count) {
      if (count === 0) return;
      shown.splice(0, count);
      for (let dropped = 0; dropped < count; dropped++) list.firstElementChild?.remove();
      renewItem(0);
    },
  };
}
