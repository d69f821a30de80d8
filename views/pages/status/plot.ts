import uPlot from "uplot";
import { type Lines, plotOptions, WINDOW } from "./plot-options.ts";
import { stack, type Table } from "./table.ts";

/** The plot of a chart. */
export interface Plot {
  /** Draws the lines of the window that ends at a time, in seconds since 1970. */
  draw(table: Table, now: number): void;
  /** Puts the cursor at a moment, in seconds before now; undefined for none. */
  point(ago: number | undefined): void;
}

/** What a plot is told. */
export interface PlotOptions extends Lines {
  /** Told where somebody points at, in seconds before now; undefined when that ends. */
  readonly onPoint: (ago: number | undefined) => void;
}

/** Creates a plot that fills an element. */
export function createPlot(place: HTMLElement, options: PlotOptions): Plot {
  let plot: uPlot | undefined;
  let drawn = "";
  let ago: number | undefined;
  let end = 0;

  new ResizeObserver(() => plot?.setSize(sizeOf(place))).observe(place);

  /** The lines of a plot are fixed: where others are to be drawn it is made anew. */
  function plotOf({ labels }: Table): uPlot {
    const wanted = labels.join("\n");
    if (plot && drawn === wanted) return plot;
    plot?.destroy();
    drawn = wanted;
    const next = new uPlot({ ...plotOptions(labels, options, () => end), ...sizeOf(place) }, undefined, place);
    next.over.addEventListener("pointermove", ({ offsetX }) => options.onPoint(end - next.posToVal(offsetX, "x")));
    next.over.addEventListener("pointerleave", () => options.onPoint(undefined));
    plot = next;
    return next;
  }

  function point(): void {
    const left = ago === undefined ? -10 : plot?.valToPos(end - ago, "x");
    plot?.setCursor({ left: left ?? -10, top: 0 }, false);
  }

  return {
    draw(table, now) {
      end = now;
      const { times, columns } = options.isStacked ? stack(table) : table;
      plotOf(table).setData([times, ...columns]);
      point();
    },
    point(next) {
      ago = next === undefined ? undefined : Math.min(Math.max(next, 0), WINDOW);
      point();
    },
  };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}
