import { element } from "../element.ts";
import { describeCounts, greatest, type Point, pointsOf } from "./chart-path.ts";
import type { History } from "./history.ts";

/** The line of live cells over time. */
export interface Chart {
  /** Shows a game's history. */
  draw(history: History): void;
  /** Says in words what is shown, for those who do not see it. */
  describe(history: History): void;
}

/** Half of the line's width is kept free above and below it, in pixels. */
const EDGE = 2;

/** Creates the chart out of the page's elements. */
export function createChart(): Chart {
  const figure = element("chart", HTMLElement);
  const canvas = element("line", HTMLCanvasElement);
  const [top, from, to] = ["most", "from", "to"].map((id) => element(id, HTMLElement));
  const context = canvas.getContext("2d");
  if (!context) throw new TypeError("This browser cannot draw on a canvas");

  return {
    draw({ counts }) {
      figure.hidden = counts.length < 2;
      if (figure.hidden) return;
      const { width, height } = fillScreen(canvas, context);
      const points = pointsOf(counts, width, height - 2 * EDGE).map(({ x, y }) => ({ x, y: y + EDGE }));
      stroke(context, points, height, getComputedStyle(canvas).color);
      if (top) top.textContent = String(greatest(counts));
      if (from) from.textContent = `step ${counts.at(0)?.step}`;
      if (to) to.textContent = String(counts.at(-1)?.step);
    },
    describe({ counts }) {
      canvas.ariaLabel = describeCounts(counts) ?? "Live cells over time";
    },
  };
}

/** Gives a canvas as many pixels as the screen has for it; returns its size in those of CSS. */
function fillScreen(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): { width: number; height: number } {
  const { clientWidth: width, clientHeight: height } = canvas;
  const [across, down] = [width, height].map((length) => Math.round(length * devicePixelRatio));
  if (across !== undefined && canvas.width !== across) canvas.width = across;
  if (down !== undefined && canvas.height !== down) canvas.height = down;
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { width, height };
}

function stroke(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  floor: number,
  color: string,
): void {
  const line = new Path2D();
  for (const { x, y } of points) line.lineTo(x, y);
  const area = new Path2D(line);
  area.lineTo(points.at(-1)?.x ?? 0, floor);
  area.lineTo(points.at(0)?.x ?? 0, floor);
  context.fillStyle = context.strokeStyle = color;
  context.globalAlpha = 0.14;
  context.fill(area);
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.stroke(line);
}
