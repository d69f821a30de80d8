import type uPlot from "uplot";
import { formatMark } from "./format.ts";
import { marks } from "./scale.ts";
import type { Stroke } from "./strokes.ts";
import { color } from "./theme.ts";
import { tint } from "./tint.ts";

/** How many seconds a chart shows. */
export const WINDOW = 600;

/** What the y axis of a plot is like, and its lines. */
export interface Lines {
  /** Of the values: `B/s`. */
  readonly unit: string;
  /** The smallest end of the scale: what is below it does not look like much. */
  readonly floor: number;
  /** Whether only whole numbers have a meaning. */
  readonly isWhole: boolean;
  /** Whether the lines lie on top of one another, the first at the top. */
  readonly isStacked: boolean;
  readonly strokeOf: (label: string) => Stroke;
}

/** Room for the marks of the y axis, so that all plots begin at the same place, in pixels. */
const Y_AXIS = 52;
const X_AXIS = 24;

/** Room above and at the right for half a mark, in pixels. */
const PADDING: uPlot.Padding = [8, 16, 0, 0];

/** From this width on there is a mark for every two minutes, in pixels. */
const MANY_MARKS = 520;

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
 * @param now the end of the window, in seconds since 1970; asked at each drawing
 */
export function plotOptions(labels: readonly string[], lines: Lines, now: () => number) {
  const isFilled = lines.isStacked || labels.length === 1;
  return {
    legend: { show: false },
    padding: PADDING,
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 }, bind: NO_LISTENERS },
    scales: {
      x: { time: false, range: () => [now() - WINDOW, now()] },
      y: { range: (_plot, _min, max) => [0, marksOf(max, lines).at(-1) ?? 1] },
    },
    series: [{}, ...labels.map((label) => series(lines.strokeOf(label), isFilled))],
    axes: [xAxis(now), yAxis(lines)],
  } satisfies Omit<uPlot.Options, "width" | "height">;
}

function series({ number, dash }: Stroke, isFilled: boolean): uPlot.Series {
  return {
    stroke: () => color(`--stroke-${number}`),
    ...(isFilled && { fill: () => tint(color(`--stroke-${number}`), color("--surface")) }),
    dash,
    width: 2,
    points: { show: false },
  };
}

/** Time goes on, but the marks stay where they are: they are as far from now as ever. */
function xAxis(now: () => number): uPlot.Axis {
  return {
    ...axis(),
    size: X_AXIS,
    splits: (plot) => agos(plot).map((ago) => now() - ago),
    values: (plot) => agos(plot).map(formatMinutes),
  };
}

function yAxis(lines: Lines): uPlot.Axis {
  return {
    ...axis(),
    size: Y_AXIS,
    splits: (_plot, _axis, _min, max) => marksOf(max, lines),
    values: (_plot, splits) => splits.map((mark) => formatMark(mark, lines.unit)),
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

function agos({ width }: uPlot): readonly number[] {
  return width < MANY_MARKS ? [600, 300, 0] : [600, 480, 360, 240, 120, 0];
}

function formatMinutes(ago: number): string {
  return ago === 0 ? "now" : `−${ago / 60} min`;
}

function marksOf(max: number | null, { floor, isWhole }: Lines): number[] {
  return marks(Math.max(max ?? 0, floor), 4, isWhole);
}
