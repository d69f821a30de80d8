import type { Source, Sources } from "./sources.ts";

/** Lets one choose what the charts show. */
export interface Chooser {
  /** The choice: all, until another one is made, and where that is no longer there. */
  readonly chosen: Source | undefined;
  /** Offers what there is now. */
  offer(sources: Sources): void;
}

/** Creates a chooser out of a `<select>`. */
export function createChooser(select: HTMLSelectElement, onChoose: () => void): Chooser {
  let offered = new Map<string, Source>();
  let shown = "";
  select.addEventListener("change", onChoose);

  return {
    get chosen() {
      return offered.get(select.value);
    },
    offer(sources) {
      const all = [sources.all, ...sources.groups.flatMap((group) => group.sources)];
      offered = new Map(all.map((source) => [source.id, source]));
      const wanted = all.map(({ id, label }) => `${id} ${label}`).join("\n");
      if (wanted === shown) return;
      shown = wanted;
      const { value } = select;
      select.replaceChildren(option(sources.all), ...sources.groups.map(group));
      select.value = offered.has(value) ? value : sources.all.id;
    },
  };
}

function group({ machine, sources }: Sources["groups"][number]): HTMLElement {
  const group = document.createElement("optgroup");
  group.label = machine;
  group.append(...sources.map(option));
  return group;
}

function option({ id, label }: Source): HTMLElement {
  return new Option(label, id);
}
