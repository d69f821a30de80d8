import { format, toCount, toText } from "./format.ts";
import type { Stroke } from "./strokes.ts";
import type { Subject } from "./subjects.ts";
import type { Table } from "./table.ts";

/** Names the lines of a chart, and gives their values in words. */
export interface Legend {
  /** Gives the values of a row of the table; dashes for none. */
  show(table: Table, row: number | undefined): void;
}

/** Creates a legend out of a `<dl>`, in which each line has an item, and those that are stacked have their sum. */
export function createLegend(
  list: HTMLElement,
  { unit, isStacked = false }: Subject,
  strokeOf: (label: string) => Stroke,
): Legend {
  const sum = createItem("all");
  sum.item.className = "sum";
  let named: readonly string[] = [];
  let places: readonly HTMLElement[] = [];

  function name(labels: readonly string[]): void {
    if (labels.join("\n") === named.join("\n")) return;
    named = labels;
    const items = labels.map((label) => createItem(label, strokeOf(label)));
    places = items.map(({ place }) => place);
    list.replaceChildren(...(isStacked ? [sum.item] : []), ...items.map(({ item }) => item));
  }

  function write(place: HTMLElement | undefined, value: number | undefined): void {
    if (place) place.textContent = unit === undefined ? toText(toCount(value)) : format(value, unit);
  }

  return {
    show({ labels, columns }, row) {
      name(labels);
      const values = columns.map((column) => (row === undefined ? undefined : (column[row] ?? undefined)));
      values.forEach((value, index) => {
        write(places[index], value);
      });
      const known = values.filter((value) => value !== undefined);
      write(sum.place, known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0));
    },
  };
}

/** A view with several patterns is called by all of them: the first is enough to tell it. */
function createItem(label: string, stroke?: Stroke): { item: HTMLElement; place: HTMLElement } {
  const item = document.createElement("div");
  const name = document.createElement("dt");
  const place = document.createElement("dd");
  name.textContent = label.replace(/,.*/s, "");
  name.title = label;
  item.append(name, place);
  if (stroke) {
    item.dataset.stroke = String(stroke.number);
    item.dataset.dash = stroke.dash.join(" ");
  }
  return { item, place };
}
