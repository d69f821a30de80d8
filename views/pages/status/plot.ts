import uPlot from "uplot";
import { KEPT } from "../../../handlers/status/protocol.ts";
import { followPointer } from "./follow-pointer.ts";
import type { Period } from "./period.ts";
import { plotOptions } from "./plot-options.ts";
import type { Stroke } from "./strokes.ts";
import type { Subject } from "./subjects.ts";
import { stack, type Table } from "./table.ts";

/** The plot of a chart. */
export interface Plot {
  /** Draws the lines of a period. */
  draw(table: Table, period: Period): void;
  /** Puts the cursor at a moment, in seconds before now; undefined for none. */
  point(ago: number | undefined): void;
}

/** What a plot is told. */
export interface PlotOptions {
  readonly subject: Subject;
  readonly strokeOf: (label: string) => Stroke;
  /** Told where somebody points at, in seconds before now; undefined when that ends. */
  readonly onPoint: (ago: number | undefined) => void;
}

/** Where a cursor is that is not seen. */
const NOWHERE = -10;

/** Creates a plot that fills an element. */
export function createPlot(place: HTMLElement, { subject, strokeOf, onPoint }: PlotOptions): Plot {
  let plot: uPlot | undefined;
  let drawn = "";
  let period: Period = { end: 0, length: KEPT };
  let moment: number | undefined;

  new ResizeObserver(() => plot?.setSize(sizeOf(place))).observe(place);

  /** The lines of a plot are fixed: where others are to be drawn it is made anew. */
  function plotOf({ labels }: Table): uPlot {
    const wanted = labels.join("\n");
    if (plot && drawn === wanted) return plot;
    plot?.destroy();
    drawn = wanted;
    const options = plotOptions(labels, subject, strokeOf, () => period);
    const next = new uPlot({ ...options, ...sizeOf(place) }, undefined, place);
    followPointer(next.over, (left) =>
      onPoint(left === undefined ? undefined : period.end - next.posToVal(left, "x")),
    );
    plot = next;
    return next;
  }

  function point(): void {
    const left = moment === undefined ? NOWHERE : plot?.valToPos(period.end - moment, "x");
    plot?.setCursor({ left: left ?? NOWHERE, top: 0 }, false);
  }

  return {
    draw(table, next) {
      period = next;
      const lines = subject.isStacked ? stack(table) : table;
      plotOf(lines).setData([lines.times, ...lines.columns]);
      point();
    },
    point(ago) {
      moment = ago;
      point();
    },
  };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}
