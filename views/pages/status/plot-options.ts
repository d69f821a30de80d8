import type uPlot from "uplot";
import { formatMark } from "./format.ts";
import { agosOf, formatMarkBefore, type Period } from "./period.ts";
import { marks, powersOfTen } from "./scale.ts";
import type { Stroke } from "./strokes.ts";
import type { Subject } from "./subjects.ts";
import { color } from "./theme.ts";
import { tint } from "./tint.ts";

/** Room for the marks of the y axis, so that all plots begin at the same place, in pixels. */
const Y_AXIS = 52;
const X_AXIS = 24;

/** Room above and at the right for half a mark, in pixels. */
const PADDING: uPlot.Padding = [8, 16, 0, 0];

/** Below this width there is no room for many marks, in pixels. */
const NARROW = 520;

const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";

/** A plot is read with the page's pointer: uPlot's own listeners would zoom. */
const NO_LISTENERS: uPlot.Cursor.Bind = Object.fromEntries(
  ["mousedown", "mouseup", "click", "dblclick", "mousemove", "mouseleave", "mouseenter"].map((event) => [
    event,
    () => null,
  ]),
);

/**
 * Returns what uPlot makes a plot of, but for its size.
 *
 * @param periodOf asked at each drawing
 */
export function plotOptions(
  labels: readonly string[],
  subject: Subject,
  strokeOf: (label: string) => Stroke,
  periodOf: () => Period,
) {
  const isFilled = subject.isStacked === true || labels.length === 1;
  return {
    legend: { show: false },
    padding: PADDING,
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 }, bind: NO_LISTENERS },
    scales: {
      x: { time: false, range: () => rangeOf(periodOf()) },
      y: {
        distr: subject.isLogarithmic ? 3 : 1,
        range: (_plot, min, max) => ends(marksOf(subject, min, max)),
      },
    },
    series: [{}, ...labels.map((label) => series(strokeOf(label), isFilled))],
    axes: [xAxis(periodOf), yAxis(subject)],
  } satisfies Omit<uPlot.Options, "width" | "height">;
}

function series({ number, dash }: Stroke, isFilled: boolean): uPlot.Series {
  return {
    stroke: () => color(`--stroke-${number}`),
    ...(isFilled && { fill: () => tint(color(`--stroke-${number}`), color("--surface")) }),
    dash: dash.map((length) => length * devicePixelRatio),
    width: 1.75,
    points: { show: false },
  };
}

/** Time goes on, but the marks stay where they are: they are as far from now as ever. */
function xAxis(periodOf: () => Period): uPlot.Axis {
  const agos = ({ width }: uPlot) => agosOf(periodOf(), width < NARROW);
  return {
    ...axis(),
    size: X_AXIS,
    splits: (plot) => agos(plot).map((ago) => periodOf().end - ago),
    values: (plot) => agos(plot).map(formatMarkBefore),
  };
}

/** The marks are shorter than the values: that they are per second says the title. */
function yAxis(subject: Subject): uPlot.Axis {
  const unit = subject.unit?.replace("/s", "");
  return {
    ...axis(),
    size: Y_AXIS,
    filter: (_plot, splits) => splits, // uPlot would leave out marks of a logarithmic scale
    splits: (_plot, _axis, min, max) => marksOf(subject, min, max),
    values: (_plot, splits) => splits.map((mark) => formatMark(mark, unit)),
  };
}

function axis(): uPlot.Axis {
  return {
    font: FONT,
    stroke: () => color("--muted"),
    gap: 6,
    grid: { stroke: () => color("--grid"), width: 1 },
    ticks: { show: false },
  };
}

function rangeOf({ end, length }: Period): uPlot.Range.MinMax {
  return [end - length, end];
}

/** uPlot knows no smallest or largest value where there is none. */
function marksOf({ unit, floor, isLogarithmic }: Subject, min: number | null, max: number | null): number[] {
  const most = Math.max(max ?? 0, floor);
  return isLogarithmic ? powersOfTen(min || floor / 10, most) : marks(most, 5, unit === undefined);
}

function ends(all: readonly number[]): uPlot.Range.MinMax {
  return [all.at(0) ?? 0, all.at(-1) ?? 1];
}
