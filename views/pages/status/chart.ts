import { describe } from "./description.ts";
import { createLegend } from "./legend.ts";
import { createPlot } from "./plot.ts";
import { WINDOW, type Lines } from "./plot-options.ts";
import { rowAt, type Table } from "./table.ts";

/** A chart: its legend, which has the values in words, and its plot. */
export interface Chart {
  /** Draws the lines of the window that ends at a time, in seconds since 1970. */
  draw(table: Table, now: number): void;
  /** Reads the lines at a moment, in seconds before now; undefined for now. */
  read(ago: number | undefined): void;
}

/**
 * Creates a chart out of a `<figure>`.
 *
 * @param onPoint told where somebody points at, in seconds before now; undefined when that ends
 */
export function createChart(
  figure: HTMLElement,
  lines: Lines,
  onPoint: (ago: number | undefined) => void,
): Chart {
  const title = part(figure, "figcaption").textContent ?? "";
  const place = part(figure, ".plot");
  const legend = createLegend(part(figure, ".legend"), lines);
  const plot = createPlot(place, { ...lines, onPoint });
  let table: Table = { times: [], labels: [], columns: [] };
  let end = 0;
  let moment: number | undefined;

  function read(): void {
    plot.point(moment);
    legend.show(table, rowAt(table, end - (moment ?? 0)));
  }

  return {
    draw(next, now) {
      table = next;
      end = now;
      plot.draw(table, now);
      place.ariaLabel = describe(title, table, lines.unit);
      read();
    },
    read(ago) {
      moment = ago;
      read();
    },
  };
}

function part(figure: HTMLElement, selector: string): HTMLElement {
  const found = figure.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw new TypeError(`The chart ${figure.id} has no ${selector}`);
}
