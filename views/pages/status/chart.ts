import type { Sample } from "../../../handlers/status/protocol.ts";
import { element } from "../element.ts";
import { describe } from "./description.ts";
import { formatAgo } from "./format-ago.ts";
import { createLegend } from "./legend.ts";
import type { Period } from "./period.ts";
import { createPlot } from "./plot.ts";
import { createStrokes } from "./strokes.ts";
import type { Subject } from "./subjects.ts";
import { rowAt, type Table, tabulate } from "./table.ts";

/** A chart: its legend, which has the values in words, and its plot. */
export interface Chart {
  /** Draws what is known of a period. */
  draw(samples: readonly Sample[], period: Period): void;
  /** Reads the lines at a moment, in seconds before now; undefined for now. */
  read(ago: number | undefined): void;
}

/**
 * Creates a chart out of its `<figure>`.
 *
 * @param onPoint told where somebody points at, in seconds before now; undefined when that ends
 */
export function createChart(subject: Subject, onPoint: (ago: number | undefined) => void): Chart {
  const figure = element(subject.id, HTMLElement);
  const title = part(figure, "h2").textContent ?? "";
  const agoText = part(figure, ".ago");
  const place = part(figure, ".plot");
  const strokeOf = createStrokes(subject.aside);
  const legend = createLegend(part(figure, ".legend"), subject, strokeOf);
  const plot = createPlot(place, { subject, strokeOf, onPoint });
  let table: Table = tabulate([], subject.valuesOf);
  let end = 0;
  let moment: number | undefined;

  function read(): void {
    plot.point(moment);
    agoText.textContent = moment === undefined ? "" : formatAgo(moment);
    legend.show(table, rowAt(table, end - (moment ?? 0)));
  }

  return {
    draw(samples, period) {
      table = tabulate(samples, subject.valuesOf);
      end = period.end;
      read();
      plot.draw(table, period);
      place.ariaLabel = describe(title, table, subject.unit);
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
