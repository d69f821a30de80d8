import { format, toCount, toText } from "./format.ts";
import type { Stroke } from "./strokes.ts";
import type { Subject } from "./subjects.ts";
import type { Table } from "./table.ts";

/** Names the lines of a chart, and gives their values in words. */
export interface Legend {
  /** Gives the values of a row of the table; dashes for none. */
  show(table: Table, row: number | undefined): void;
}

/** Creates a legend out of a `<dl>`, in which each line has an item. */
export function createLegend(
  list: HTMLElement,
  { unit }: Subject,
  strokeOf: (label: string) => Stroke,
): Legend {
  let places = new Map<string, HTMLElement>();

  function name(labels: readonly string[]): void {
    if (labels.join("\n") === [...places.keys()].join("\n")) return;
    places = new Map(labels.map((label) => [label, document.createElement("dd")]));
    list.replaceChildren(...Array.from(places, ([label, place]) => item(label, place, strokeOf(label))));
  }

  return {
    show({ labels, columns }, row) {
      name(labels);
      labels.forEach((label, index) => {
        const value = row === undefined ? undefined : (columns[index]?.[row] ?? undefined);
        const place = places.get(label);
        if (place) place.textContent = unit === undefined ? toText(toCount(value)) : format(value, unit);
      });
    },
  };
}

function item(label: string, place: HTMLElement, { number, dash }: Stroke): HTMLElement {
  const item = document.createElement("div");
  item.dataset.stroke = String(number);
  item.dataset.dash = dash.join(" ");
  const name = document.createElement("dt");
  name.textContent = label;
  item.append(name, place);
  return item;
}
