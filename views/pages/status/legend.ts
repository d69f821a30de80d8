import { format } from "./format.ts";
import type { Lines } from "./plot-options.ts";
import type { Stroke } from "./strokes.ts";
import type { Table } from "./table.ts";

/** Names the lines of a chart, and gives their values in words. */
export interface Legend {
  /** Gives the values of a row of the table; dashes for none. */
  show(table: Table, row: number | undefined): void;
}

/** Creates a legend out of a `<dl>`, in which each line has an item. */
export function createLegend(list: HTMLElement, { unit, strokeOf }: Lines): Legend {
  let values = new Map<string, HTMLElement>();

  function name(labels: readonly string[]): void {
    if (labels.join("\n") === [...values.keys()].join("\n")) return;
    values = new Map(labels.map((label) => [label, document.createElement("dd")]));
    list.replaceChildren(...Array.from(values, ([label, value]) => item(label, value, strokeOf(label))));
  }

  return {
    show({ labels, columns }, row) {
      name(labels);
      labels.forEach((label, index) => {
        const value = row === undefined ? undefined : (columns[index]?.[row] ?? undefined);
        const text = format(value, unit);
        const place = values.get(label);
        if (place && place.textContent !== text) place.textContent = text;
      });
    },
  };
}

function item(label: string, value: HTMLElement, { number, dash }: Stroke): HTMLElement {
  const item = document.createElement("div");
  item.dataset.stroke = String(number);
  item.dataset.dash = dash.join(" ");
  const name = document.createElement("dt");
  name.textContent = label;
  item.append(name, value);
  return item;
}
